"""What this process may use up at most; the kernel sees to it."""

import resource


def keep_within(*, memory, seconds, file_size):
    """Limits address space (bytes), processor time (seconds) and the size of any file written (bytes).

    No core dumps: they would hold pictures. Limits that are tighter already stay as they are.
    """
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, file_size),
        (resource.RLIMIT_CORE, 0),
    ):
        _soft, hard = resource.getrlimit(what)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))
    # At the first limit the kernel tells what it was (SIGXCPU), at the second it only kills.
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
