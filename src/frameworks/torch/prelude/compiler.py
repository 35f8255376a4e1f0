# torch.compiler, torch._dynamo: nothing is compiled; decorators give back what they decorate.


def _decorator(fn=None, *args, **kwargs):
    return fn if callable(fn) else (lambda fn: fn)


allow_in_graph = assume_constant_result = disable = disallow_in_graph = forbid_in_graph = _decorator
nonstrict_trace = optimize = substitute_in_graph = _decorator


def is_compiling():
    return False


is_dynamo_compiling = is_exporting = is_compiling


def graph_break(*args, **kwargs):
    pass


cudagraph_mark_step_begin = mark_dynamic = mark_static = mark_static_address = maybe_mark_dynamic = reset = graph_break


class config:
    pass
