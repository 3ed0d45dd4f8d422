// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.names;

import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names that mean something else in C, in C++, in the headers of libc or in generated code.
 *
 * <p>The lists name what exists in C11, C23, C++17, C++20 and POSIX.1-2017 headers. A name of the user's that is in one
 * is renamed even where a program would happen to compile: which headers stand before a generated one is not known.
 */
public final class ReservedNames {
    /** Keywords of C and C++ with their alternative tokens, those of GNU included. */
    private static final Set<String> KEYWORDS = words("""
            alignas alignof and and_eq asm auto bitand bitor bool break case catch char char8_t char16_t char32_t class
            co_await co_return co_yield compl concept const const_cast consteval constexpr constinit continue decltype
            default delete do double dynamic_cast else enum explicit export extern false float for friend goto if inline
            int long mutable namespace new noexcept not not_eq nullptr operator or or_eq private protected public
            register reinterpret_cast requires restrict return short signed sizeof static static_assert static_cast
            struct switch template this thread_local throw true try typedef typeid typename typeof typeof_unqual union
            unsigned using virtual void volatile wchar_t while xor xor_eq
            """);

    /** Macros that have lower-case letters: of the compiler, of libc, and members of libc's structs that are macros. */
    private static final Set<String> MACROS = words("""
            alloca assert complex environ errno h_addr h_errno i386 imaginary isfinite isgreater isinf isless isnan
            isnormal isunordered kill_dependency linux major makedev math_errhandling minor noreturn offsetof
            sa_handler sa_sigaction setjmp si_addr si_band si_fd si_int si_overrun si_pid si_ptr si_status si_stime
            si_timerid si_uid si_utime si_value sigev_notify_attributes sigev_notify_function signbit st_atime st_ctime
            st_mtime stderr stdin stdout strdupa strndupa unix va_arg va_copy va_end va_start
            """);

    /** Variables of libc, which a parameter of the same name would shadow. */
    private static final Set<String> VARIABLES = words("""
            daylight getdate_err optarg opterr optind optopt program_invocation_name program_invocation_short_name
            signgam stderr stdin stdout suboptarg sys_errlist sys_nerr timezone tzname
            """);

    /** Names that generated functions give to their own parameters and variables. */
    private static final Set<String> GENERATED_LOCALS =
            words("attempt cells conclusion count cpu held ops result results slot taken turn");

    /** The same in the functions of queries. */
    private static final Set<String> QUERY_LOCALS = words("cells cpu folds initial look offset ops result");

    /** Tags of structs in POSIX headers. */
    private static final Set<String> TAGS = words("""
            addrinfo aiocb cmsghdr cpu_op dirent flock fsid group hostent if_nameindex in6_addr in_addr iovec ipc_perm
            ipv6_mreq itimerspec itimerval lconv linger mq_attr msghdr msqid_ds netent option passwd pollfd protoent
            rlimit rusage sched_param sembuf semid_ds servent shmid_ds sigaction sigcontext sigevent sigstack sigval
            sockaddr sockaddr_in sockaddr_in6 sockaddr_storage sockaddr_un stat statfs statvfs termios timespec timeval
            timezone tm tms ucontext utimbuf utsname winsize
            """);

    /** Beginnings of names that belong to the runtime or to libc, where whole families are taken. */
    private static final Pattern FAMILIES =
            Pattern.compile("(opv|cpu_op|cpu_opv|aio|atomic|clock|cnd|memory_order|mq|mtx"
                    + "|posix|pthread|sched|sem|shm|thrd|timer|tss)_.*|cpu_opv");

    /** Macros in capital letters that a constant or an outcome could be in conflict with. */
    private static final Pattern MACRO_FAMILIES =
            Pattern.compile("(OPV|CPU|LINUX_FIELD|NR_CPU|ATOMIC|AT|CLOCK|F|FUTEX|LC"
                    + "|MADV|MAP|O|PROT|PTHREAD|RLIMIT|SCHED|SEEK|SEM|S|SIG|SI|TIME)_.*"
                    + "|U?(INT|CHAR|LONG|LLONG|SCHAR|SHRT|SIG_ATOMIC|PTRDIFF|SIZE|SSIZE|WCHAR|WINT|BOOL|PATH|NAME|PIPE|HOST_NAME"
                    + "|INTMAX|INTPTR|INT(_LEAST|_FAST)?(8|16|32|64))_(BIT|BUF|C|MAX|MIN|WIDTH)"
                    + "|(FLT|DBL|LDBL|DECIMAL|FE|FP|HUGE|M)_.*|(PRI|SCN)[diouxX].*");

    /** Written like a macro: any header may define it. */
    private static final Pattern LIKE_A_MACRO = Pattern.compile("[A-Z0-9_]*[A-Z][A-Z0-9_]*");

    /** Reserved for implementations. */
    private static final String IMPLEMENTATION_START = "_";

    /** Reserved for types by POSIX; even a member of such a name hides the type in C++. */
    private static final String TYPE_END = "_t";

    private ReservedNames() {}

    public static boolean isReserved(NameKind kind, String name) {
        return isReservedEverywhere(name)
                || switch (kind) {
                    case FILE_SCOPE -> TAGS.contains(name) || isTakenInFileScope(name) || isMacro(name);
                    case MEMBER -> isLikeMacro(name);
                    case QUERY_LOCAL -> isLikeMacro(name) || QUERY_LOCALS.contains(name) || isTakenInFileScope(name);
                    case LOCAL -> isLikeMacro(name) || GENERATED_LOCALS.contains(name) || isTakenInFileScope(name);
                };
    }

    private static boolean isReservedEverywhere(String name) {
        return KEYWORDS.contains(name)
                || MACROS.contains(name)
                || name.startsWith(IMPLEMENTATION_START)
                || name.endsWith(TYPE_END);
    }

    private static boolean isTakenInFileScope(String name) {
        return VARIABLES.contains(name) || FAMILIES.matcher(name).matches();
    }

    private static boolean isMacro(String name) {
        return Character.isUpperCase(name.charAt(0))
                && MACRO_FAMILIES.matcher(name).matches();
    }

    private static boolean isLikeMacro(String name) {
        return !Character.isLowerCase(name.charAt(0))
                && LIKE_A_MACRO.matcher(name).matches();
    }

    private static Set<String> words(String text) {
        return Arrays.stream(text.strip().split("\\s+")).collect(Collectors.toUnmodifiableSet());
    }
}
