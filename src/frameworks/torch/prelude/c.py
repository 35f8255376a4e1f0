# torch._C: the compiled half of PyTorch. What packages call there to leave a note changes nothing.


class Graph:
    pass


class ScriptModule:
    pass


def _get_tracing_state():
    return None


def _is_tracing():
    return False


def _jit_set_profiling_executor(enabled):
    return False


def _jit_set_profiling_mode(enabled):
    return False


def _log_api_usage_once(*args):
    pass
