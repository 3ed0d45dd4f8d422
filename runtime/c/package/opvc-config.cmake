# SPDX-License-Identifier: Apache-2.0
#
#   find_package(opvc REQUIRED)
#   opvc_generate(TARGET FILE.opv... [IMPORT_DIRS DIR...])
#
# Finds the runtime that is installed beside this file, and the compiler: OPVC_EXECUTABLE, or `opvc` beside the runtime or
# on the PATH. Targets:
#
#   opvc::headers     the runtime's headers. One source file of the program defines OPV_IMPLEMENTATION
#   opvc::static      the headers and libopv.a, where it is installed
#   opvc::shared      the headers and libopv.so, where it is installed
#   opvc::runtime     the first of static, shared and headers that is there
#
# opvc_generate makes a header of each file, adds them to the target's sources and their folder to where it looks for
# includes, and links opvc::runtime. A header of a/b.opv is included as "a/b.opv.h" where a's folder is one of the
# IMPORT_DIRS, else as "b.opv.h". Whoever changes a file, or one that it imports, gets new headers by the next build.
# Headers include those of imported files, which have to be among the files too.

if(CMAKE_VERSION VERSION_LESS 3.21)
    message(FATAL_ERROR "opvc needs CMake 3.21 or later: earlier ones do not read dependencies with every generator")
endif()

get_filename_component(_opvc_prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
set(OPVC_INCLUDE_DIR "${_opvc_prefix}/include")
if(NOT EXISTS "${OPVC_INCLUDE_DIR}/opv/engine.h")
    set(opvc_FOUND FALSE)
    set(opvc_NOT_FOUND_MESSAGE "the runtime's headers are not in ${OPVC_INCLUDE_DIR}")
    return()
endif()
find_program(OPVC_EXECUTABLE opvc HINTS "${_opvc_prefix}/bin" DOC "the OPV compiler")

include(CMakeFindDependencyMacro)
set(THREADS_PREFER_PTHREAD_FLAG TRUE)
find_dependency(Threads)

if(NOT TARGET opvc::headers)
    add_library(opvc::headers INTERFACE IMPORTED)
    set_target_properties(opvc::headers PROPERTIES
        INTERFACE_INCLUDE_DIRECTORIES "${OPVC_INCLUDE_DIR}"
        INTERFACE_LINK_LIBRARIES Threads::Threads)
    set(_opvc_runtime opvc::headers)
    foreach(_opvc_kind shared static)
        set(_opvc_name libopv.so)
        if(_opvc_kind STREQUAL static)
            set(_opvc_name libopv.a)
        endif()
        find_file(_opvc_library "${_opvc_name}" NO_CACHE NO_DEFAULT_PATH
            PATHS "${_opvc_prefix}/lib" "${_opvc_prefix}/lib64" "${_opvc_prefix}/lib/${CMAKE_LIBRARY_ARCHITECTURE}")
        if(_opvc_library)
            string(TOUPPER ${_opvc_kind} _opvc_type)
            add_library(opvc::${_opvc_kind} ${_opvc_type} IMPORTED)
            set_target_properties(opvc::${_opvc_kind} PROPERTIES
                IMPORTED_LOCATION "${_opvc_library}"
                INTERFACE_LINK_LIBRARIES opvc::headers)
            set(_opvc_runtime opvc::${_opvc_kind})
        endif()
        unset(_opvc_library)
    endforeach()
    add_library(opvc::runtime INTERFACE IMPORTED)
    set_target_properties(opvc::runtime PROPERTIES INTERFACE_LINK_LIBRARIES ${_opvc_runtime})
    unset(_opvc_runtime)
    unset(_opvc_kind)
    unset(_opvc_type)
    unset(_opvc_name)
endif()
unset(_opvc_prefix)

function(opvc_generate target)
    cmake_parse_arguments(PARSE_ARGV 1 ARG "" "" IMPORT_DIRS)
    if(NOT TARGET "${target}")
        message(FATAL_ERROR "opvc_generate: there is no target ${target}; name it in add_executable or add_library first")
    endif()
    if(NOT ARG_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "opvc_generate: name the files that headers are made of")
    endif()
    if(NOT OPVC_EXECUTABLE)
        message(FATAL_ERROR "opvc_generate: there is no program opvc; say where it is with -DOPVC_EXECUTABLE=FILE")
    endif()

    set(imports "")
    set(folders "")
    foreach(folder IN LISTS ARG_IMPORT_DIRS)
        get_filename_component(folder "${folder}" ABSOLUTE)
        list(APPEND folders "${folder}")
        list(APPEND imports -I "${folder}")
    endforeach()
    set(out "${CMAKE_CURRENT_BINARY_DIR}/opvc/${target}")
    set(files "")
    set(headers "")
    foreach(file IN LISTS ARG_UNPARSED_ARGUMENTS)
        get_filename_component(file "${file}" ABSOLUTE)
        get_filename_component(path "${file}" NAME)
        # As opvc does: by the path from the first import folder that the file is in, else by its own name.
        foreach(folder IN LISTS folders)
            file(RELATIVE_PATH inside "${folder}" "${file}")
            if(NOT inside MATCHES "^\\.\\./")
                set(path "${inside}")
                break()
            endif()
        endforeach()
        list(APPEND files "${file}")
        list(APPEND headers "${out}/${path}.h")
    endforeach()

    # A header that would not change keeps its time, and what includes it is not compiled again. Ninja understands that;
    # make would run opvc in each build from then on.
    set(touch "")
    if(CMAKE_GENERATOR MATCHES "Makefiles")
        set(touch COMMAND "${CMAKE_COMMAND}" -E touch ${headers})
    endif()
    # One call of a target may follow another: each has a depfile of its own.
    list(GET headers 0 first)
    string(SHA1 name "${headers}")
    set(depfile "${out}/${name}.d")
    add_custom_command(
        OUTPUT ${headers}
        COMMAND "${OPVC_EXECUTABLE}" compile ${imports} --c-out "${out}" --depfile "${depfile}" ${files}
        ${touch}
        DEPENDS ${files} "${OPVC_EXECUTABLE}"
        DEPFILE "${depfile}"
        COMMENT "Generating headers of ${target} with opvc"
        VERBATIM)
    target_sources("${target}" PRIVATE ${headers})
    target_include_directories("${target}" PUBLIC "$<BUILD_INTERFACE:${out}>")
    target_link_libraries("${target}" PUBLIC opvc::runtime)
endfunction()
