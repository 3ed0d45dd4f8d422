# SPDX-License-Identifier: Apache-2.0
#
# Sourced by the launchers: finds Java, and starts opvc with it. POSIX sh.
#
# A JVM spends most of a short run on loading classes. It can keep what loading yields in an archive (class data
# sharing). Such an archive is made once, at the first use, by compiling a small file, and is kept in a folder of the
# user. Its name tells for which jar and which Java it is, and the JVM checks that itself before it uses it. Whatever
# goes wrong with it must not be seen: opvc then runs without.

broken_environment=70

fail() {
    printf 'opvc: %s\n' "$1" >&2
    exit $broken_environment
}

find_java() {
    if [ -n "${JAVA_HOME:-}" ]; then
        java=$JAVA_HOME/bin/java
        [ -x "$java" ] || fail "JAVA_HOME is $JAVA_HOME, but there is no bin/java in it"
    else
        java=$(command -v java) || fail "no java was found; install a JDK of version 17 or later, or set JAVA_HOME"
    fi
}

# Java decodes arguments with the locale's character set. In the locale C that is ASCII, and names of files would be
# lost.
use_utf8_instead_of_ascii() {
    case $(locale charmap 2>/dev/null) in
        ANSI_X3.4-1968 | US-ASCII | 646)
            LC_ALL=C.UTF-8
            export LC_ALL
            ;;
    esac
}

# The options are for a process that lives for a second: less compiling, one collector thread.
start_java() {
    "$java" -Xshare:auto -XX:TieredStopAtLevel=1 -XX:+UseSerialGC "$@"
}

# Sets $archive to a name that depends on the jar, its place and the Java installation; fails if the installation does
# not say what it is.
name_archive() {
    java_binary=$(readlink -f "$java" 2>/dev/null) || return 1
    release=${java_binary%/bin/java}/release
    [ -r "$release" ] || return 1
    sums=$(printf '%s\n' "$jar" | cksum - "$jar" "$release" 2>/dev/null) || return 1
    # Each line is a sum, a size and a name; names may hold anything, so only the ends of lines and the first word count.
    name=
    old_ifs=$IFS
    IFS='
'
    for line in $sums; do
        name=$name-${line%% *}
    done
    IFS=$old_ifs
    archive=$1/opvc$name.jsa
}

# Whether the archive is the one that was made. A JVM may crash on one that was cut off or damaged, so its checksum
# stands beside it. The word none there says that this Java cannot make one, so that it is not tried again.
is_whole() {
    [ -r "$archive.sum" ] && read -r recorded <"$archive.sum" || return 1
    [ "$recorded" = none ] || [ "$(cksum <"$archive")" = "$recorded" ]
} 2>/dev/null

make_archive() {
    mkdir -p "$1" && [ -w "$1" ] || return 1
    scratch=$1/new.$$
    mkdir "$scratch" || return 1
    trap 'rm -rf "$scratch"; exit 130' HUP INT TERM
    if start_java -XX:ArchiveClassesAtExit="$scratch/jsa" -jar "$jar" \
        compile --java-out "$scratch/java" --c-out "$scratch/c" "$training" \
        </dev/null >/dev/null && [ -s "$scratch/jsa" ]; then
        cksum <"$scratch/jsa" >"$scratch/sum"
        mv -f "$scratch/jsa" "$archive"
    else
        rm -f "$archive"
        echo none >"$scratch/sum"
    fi
    mv -f "$scratch/sum" "$archive.sum"
    rm -rf "$scratch"
    trap - HUP INT TERM
} 2>/dev/null

# parts PROGRAM HEADERS RUNTIME: tells opvc by what name it is called, and where the runtimes for C and for Java are that
# belong to it.
parts() {
    program=$1
    headers=$2
    runtime=$3
}

# start JAR TRAINING CACHE ARGUMENT...: runs opvc in place of this process. TRAINING is the file that is compiled to make
# the archive, and CACHE the folder where archives are kept; if it is empty, there is none.
start() {
    jar=$1
    training=$2
    cache=$3
    shift 3
    archive=
    if [ -n "$cache" ] && name_archive "$cache"; then
        if ! is_whole || [ "$jar" -nt "$archive.sum" ]; then
            make_archive "$cache"
            is_whole || archive=
        fi
    fi
    # What the JVM has to say of an archive that it cannot use would stand in the output.
    if [ -n "$archive" ] && [ -s "$archive" ]; then
        set -- -XX:SharedArchiveFile="$archive" -Xlog:all=off:stdout -Xlog:all=off:stderr -jar "$jar" "$@"
    else
        set -- -jar "$jar" "$@"
    fi
    use_utf8_instead_of_ascii
    exec "$java" -Xshare:auto -XX:TieredStopAtLevel=1 -XX:+UseSerialGC \
        -Dopvc.program="$program" -Dopvc.headers="$headers" -Dopvc.runtime="$runtime" "$@"
}
