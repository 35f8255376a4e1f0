
# From here on Price Tag's: stands at the end of timm's modules that load weights. None are loaded, because they change
# neither sizes nor costs.


def load_pretrained(model, *args, **kwargs):
    pass


load_checkpoint = load_custom_pretrained = load_pretrained
