# mmcv and mmengine: registries, and the bricks that are built from configurations. Where a registry has no such type, what
# is built is unknown. Left out: operators of their own (deformable convolutions and the like), runners, data.
import math

import torch
from _unknown import unknown
from packages._configs import AttributeDict
from packages._inert import Inert
from packages._timm_layers import drop_path, to_1tuple, to_2tuple, to_3tuple, to_4tuple, to_ntuple
from torch import nn


class Registry:
    def __init__(self, name, build_func=None, parent=None, scope=None, locations=()):
        self.name = name
        self.parent, self.scope = parent, scope
        self.module_dict = {}
        self.build_func = build_func or (parent.build_func if parent is not None else build_from_cfg)

    def __contains__(self, key):
        return self.get(key) is not None

    def __len__(self):
        return len(self.module_dict)

    def get(self, key):
        found = self.module_dict.get(key.split('.')[-1])
        return self.parent.get(key) if found is None and self.parent is not None else found

    def _add(self, module, name):
        for key in [name] if isinstance(name, str) else name or [module.__name__]:
            self.module_dict[key] = module
        return module

    def register_module(self, name=None, force=False, module=None):
        if callable(name) and not isinstance(name, str):
            return self._add(name, None)
        return (lambda target: self._add(target, name)) if module is None else self._add(module, name)

    _register_module = register_module

    def build(self, cfg, *args, **kwargs):
        return self.build_func(cfg, *args, **kwargs, registry=self)


def build_from_cfg(cfg, registry, default_args=None):
    args = {**(default_args or {}), **cfg}
    kind = args.pop('type')
    if not isinstance(kind, str):
        return kind(**args)
    found = registry.get(kind)
    return unknown(f'{kind} is in no registry that is followed') if found is None else found(**args)


build_model_from_cfg = build_from_cfg

MODELS = Registry('model')
ACTIVATION_LAYERS = CONV_LAYERS = DROPOUT_LAYERS = NORM_LAYERS = PADDING_LAYERS = PLUGIN_LAYERS = UPSAMPLE_LAYERS = MODELS
ATTENTION = BACKBONES = CLASSIFIERS = DETECTORS = FEEDFORWARD_NETWORK = HEADS = LOSSES = NECKS = MODELS
MODEL_WRAPPERS = POSITIONAL_ENCODING = ROI_EXTRACTORS = SEGMENTORS = SHARED_HEADS = MODELS
TRANSFORMER = TRANSFORMER_LAYER = TRANSFORMER_LAYER_SEQUENCE = MODELS
DATASETS = HOOKS = METRICS = OPTIMIZERS = PIPELINES = TRANSFORMS = Registry('other')


def _build(cfg, *args, **kwargs):
    return MODELS.build(cfg)


build_backbone = build_classifier = build_detector = build_head = build_loss = build_neck = build_segmentor = _build
build_attention = build_feedforward_network = build_positional_encoding = build_transformer_layer = _build
build_transformer_layer_sequence = build_model = _build


class BaseModule(nn.Module):
    def __init__(self, init_cfg=None):
        super().__init__()
        self._is_init = False
        self.init_cfg = init_cfg

    @property
    def is_init(self):
        return self._is_init

    def init_weights(self):
        pass


class BaseModel(BaseModule):
    def __init__(self, data_preprocessor=None, init_cfg=None):
        super().__init__(init_cfg)


class Sequential(BaseModule, nn.Sequential):
    def __init__(self, *args, init_cfg=None):
        BaseModule.__init__(self, init_cfg)
        nn.Sequential.__init__(self, *args)


class ModuleList(BaseModule, nn.ModuleList):
    def __init__(self, modules=None, init_cfg=None):
        BaseModule.__init__(self, init_cfg)
        nn.ModuleList.__init__(self, modules)


class ModuleDict(BaseModule, nn.ModuleDict):
    def __init__(self, modules=None, init_cfg=None):
        BaseModule.__init__(self, init_cfg)
        nn.ModuleDict.__init__(self, modules)


Conv2d, Conv3d, ConvTranspose2d, ConvTranspose3d = nn.Conv2d, nn.Conv3d, nn.ConvTranspose2d, nn.ConvTranspose3d
Linear, MaxPool2d, MaxPool3d = nn.Linear, nn.MaxPool2d, nn.MaxPool3d


class Swish(nn.Module):
    def forward(self, x):
        return x * torch.sigmoid(x)


class HSigmoid(nn.Module):
    def __init__(self, bias=3.0, divisor=6.0, min_value=0.0, max_value=1.0):
        super().__init__()
        self.options = (bias, divisor, min_value, max_value)

    def forward(self, x):
        bias, divisor, low, high = self.options
        return ((x + bias) / divisor).clamp_(low, high)


class DropPath(nn.Module):
    def __init__(self, drop_prob=0.1):
        super().__init__()
        self.drop_prob = drop_prob

    def forward(self, x):
        return drop_path(x, self.drop_prob, self.training)


class Dropout(nn.Dropout):
    def __init__(self, drop_prob=0.5, inplace=False):
        super().__init__(p=drop_prob, inplace=inplace)


class Scale(nn.Module):
    def __init__(self, scale=1.0):
        super().__init__()
        self.scale = nn.Parameter(torch.tensor(scale, dtype=torch.float))

    def forward(self, x):
        return x * self.scale


class PixelShufflePack(nn.Module):
    def __init__(self, in_channels, out_channels, scale_factor, upsample_kernel):
        super().__init__()
        self.scale_factor = scale_factor
        wide = out_channels * scale_factor * scale_factor
        self.upsample_conv = nn.Conv2d(in_channels, wide, upsample_kernel, padding=(upsample_kernel - 1) // 2)

    def forward(self, x):
        return nn.functional.pixel_shuffle(self.upsample_conv(x), self.scale_factor)


for _type in ('ReLU', 'LeakyReLU', 'PReLU', 'RReLU', 'ReLU6', 'ELU', 'Sigmoid', 'Tanh', 'SiLU', 'GELU', 'Mish', 'Hardswish'):
    ACTIVATION_LAYERS.register_module(_type, module=getattr(nn, _type))
for _name, _type in {'HSwish': nn.Hardswish, 'Swish': Swish, 'HSigmoid': HSigmoid}.items():
    ACTIVATION_LAYERS.register_module(_name, module=_type)
for _name, _type in {'Conv1d': nn.Conv1d, 'Conv2d': nn.Conv2d, 'Conv3d': nn.Conv3d, 'Conv': nn.Conv2d}.items():
    CONV_LAYERS.register_module(_name, module=_type)
for _name, _type in {
    'BN': nn.BatchNorm2d, 'BN1d': nn.BatchNorm1d, 'BN2d': nn.BatchNorm2d, 'BN3d': nn.BatchNorm3d,
    'SyncBN': nn.SyncBatchNorm, 'MMSyncBN': nn.SyncBatchNorm, 'naiveSyncBN': nn.BatchNorm2d, 'GN': nn.GroupNorm,
    'LN': nn.LayerNorm, 'IN': nn.InstanceNorm2d, 'IN1d': nn.InstanceNorm1d, 'IN2d': nn.InstanceNorm2d,
    'IN3d': nn.InstanceNorm3d,
}.items():
    NORM_LAYERS.register_module(_name, module=_type)
for _name, _type in {'zero': nn.ZeroPad2d, 'reflect': nn.ReflectionPad2d, 'replicate': nn.ReplicationPad2d}.items():
    PADDING_LAYERS.register_module(_name, module=_type)
for _name, _type in {'nearest': nn.Upsample, 'bilinear': nn.Upsample, 'deconv': nn.ConvTranspose2d,
                     'deconv3d': nn.ConvTranspose3d, 'pixel_shuffle': PixelShufflePack}.items():
    UPSAMPLE_LAYERS.register_module(_name, module=_type)
for _type in (DropPath, Dropout):
    DROPOUT_LAYERS.register_module(module=_type)


def _found(registry, kind):
    if not isinstance(kind, str):
        return kind
    found = registry.get(kind)
    return (lambda *args, **kwargs: unknown(f'{kind} is in no registry that is followed')) if found is None else found


def build_conv_layer(cfg, *args, **kwargs):
    options = {'type': 'Conv2d'} if cfg is None else dict(cfg)
    return _found(CONV_LAYERS, options.pop('type'))(*args, **kwargs, **options)


def _abbreviation(kind, cls):
    names = {nn.GroupNorm: 'gn', nn.LayerNorm: 'ln'}
    if cls in names:
        return names[cls]
    name = cls.__name__
    return 'in' if 'InstanceNorm' in name else 'bn' if 'BatchNorm' in name else 'norm_layer'


def build_norm_layer(cfg, num_features, postfix=''):
    options = dict(cfg)
    kind = options.pop('type')
    trainable = options.pop('requires_grad', True)
    options.setdefault('eps', 1e-5)
    cls = _found(NORM_LAYERS, kind)
    layer = cls(num_channels=num_features, **options) if cls is nn.GroupNorm else cls(num_features, **options)
    for parameter in layer.parameters():
        parameter.requires_grad = trainable
    return _abbreviation(kind, cls) + str(postfix), layer


def build_activation_layer(cfg):
    options = dict(cfg)
    return _found(ACTIVATION_LAYERS, options.pop('type'))(**options)


def build_padding_layer(cfg, *args, **kwargs):
    options = dict(cfg)
    return _found(PADDING_LAYERS, options.pop('type'))(*args, **kwargs, **options)


def build_upsample_layer(cfg, *args, **kwargs):
    options = {**cfg, **kwargs}
    kind = options.pop('type')
    cls = _found(UPSAMPLE_LAYERS, kind)
    if cls is nn.Upsample:
        options['mode'] = kind
    return cls(*args, **options)


def build_dropout(cfg, default_args=None):
    return build_from_cfg(cfg, DROPOUT_LAYERS, default_args)


def build_plugin_layer(cfg, postfix='', **kwargs):
    options = dict(cfg)
    return f'plugin{postfix}', _found(PLUGIN_LAYERS, options.pop('type'))(**options, **kwargs)


class ConvModule(nn.Module):
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias='auto',
                 conv_cfg=None, norm_cfg=None, act_cfg={'type': 'ReLU'}, inplace=True, with_spectral_norm=False,
                 padding_mode='zeros', order=('conv', 'norm', 'act'), **options):
        super().__init__()
        self.conv_cfg, self.norm_cfg, self.act_cfg, self.order = conv_cfg, norm_cfg, act_cfg, order
        self.with_norm = norm_cfg is not None
        self.with_activation = act_cfg is not None
        self.with_bias = not self.with_norm if bias == 'auto' else bias
        self.with_explicit_padding = padding_mode not in ('zeros', 'circular')
        if self.with_explicit_padding:
            self.padding_layer = build_padding_layer({'type': padding_mode}, padding)
        self.conv = build_conv_layer(conv_cfg, in_channels, out_channels, kernel_size, stride=stride,
                                     padding=0 if self.with_explicit_padding else padding, dilation=dilation,
                                     groups=groups, bias=self.with_bias)
        if with_spectral_norm:
            self.conv = nn.utils.spectral_norm(self.conv)
        for name in ('in_channels', 'out_channels', 'kernel_size', 'stride', 'padding', 'dilation', 'groups'):
            setattr(self, name, getattr(self.conv, name))
        self.norm_name = None
        if self.with_norm:
            after = order.index('norm') > order.index('conv')
            self.norm_name, norm = build_norm_layer(norm_cfg, out_channels if after else in_channels)
            self.add_module(self.norm_name, norm)
        if self.with_activation:
            kinds = ('Tanh', 'PReLU', 'Sigmoid', 'HSigmoid', 'Swish', 'GELU')
            extra = {} if act_cfg['type'] in kinds else {'inplace': inplace}
            self.activate = build_activation_layer({**extra, **act_cfg})

    @property
    def norm(self):
        return getattr(self, self.norm_name) if self.norm_name else None

    def init_weights(self):
        pass

    def forward(self, x, activate=True, norm=True):
        for layer in self.order:
            if layer == 'conv':
                x = self.conv(self.padding_layer(x) if self.with_explicit_padding else x)
            elif layer == 'norm' and norm and self.with_norm:
                x = self.norm(x)
            elif layer == 'act' and activate and self.with_activation:
                x = self.activate(x)
        return x


class DepthwiseSeparableConvModule(nn.Module):
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, norm_cfg=None,
                 act_cfg={'type': 'ReLU'}, dw_norm_cfg='default', dw_act_cfg='default', pw_norm_cfg='default',
                 pw_act_cfg='default', **kwargs):
        super().__init__()

        def either(given, standard):
            return standard if given == 'default' else given

        self.depthwise_conv = ConvModule(in_channels, in_channels, kernel_size, stride=stride, padding=padding,
                                         dilation=dilation, groups=in_channels, norm_cfg=either(dw_norm_cfg, norm_cfg),
                                         act_cfg=either(dw_act_cfg, act_cfg), **kwargs)
        self.pointwise_conv = ConvModule(in_channels, out_channels, 1, norm_cfg=either(pw_norm_cfg, norm_cfg),
                                         act_cfg=either(pw_act_cfg, act_cfg), **kwargs)

    def forward(self, x):
        return self.pointwise_conv(self.depthwise_conv(x))


class _LayerScale(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(dim))

    def forward(self, x):
        return x * self.weight


class FFN(BaseModule):
    def __init__(self, embed_dims=256, feedforward_channels=1024, num_fcs=2, act_cfg={'type': 'ReLU', 'inplace': True},
                 ffn_drop=0.0, dropout_layer=None, add_identity=True, init_cfg=None, **kwargs):
        super().__init__(init_cfg)
        self.embed_dims, self.feedforward_channels, self.num_fcs = embed_dims, feedforward_channels, num_fcs
        layers, channels = [], embed_dims
        for _ in range(num_fcs - 1):
            layers.append(Sequential(nn.Linear(channels, feedforward_channels), build_activation_layer(act_cfg),
                                     nn.Dropout(ffn_drop)))
            channels = feedforward_channels
        self.layers = Sequential(*layers, nn.Linear(feedforward_channels, embed_dims), nn.Dropout(ffn_drop))
        self.dropout_layer = build_dropout(dropout_layer) if dropout_layer else nn.Identity()
        self.add_identity = add_identity
        scaled = kwargs.get('layer_scale_init_value', 0.0) > 0
        self.gamma2 = _LayerScale(embed_dims) if scaled else nn.Identity()

    def forward(self, x, identity=None):
        out = self.dropout_layer(self.gamma2(self.layers(x)))
        return out if not self.add_identity else (x if identity is None else identity) + out


def _nothing(*args, **kwargs):
    return None


caffe2_xavier_init = constant_init = kaiming_init = normal_init = trunc_normal_init = uniform_init = _nothing
initialize = load_checkpoint = load_state_dict = print_log = update_init_info = xavier_init = _nothing


def trunc_normal_(tensor, *args, **kwargs):
    return tensor


def bias_init_with_prob(prior_prob):
    return float(-math.log((1 - prior_prob) / prior_prob))


def get_dist_info():
    return 0, 1


def is_str(x):
    return isinstance(x, str)


def concat_list(in_list):
    return [item for part in in_list for item in part]


def slice_list(in_list, lens):
    lens = [lens] * (len(in_list) // lens) if isinstance(lens, int) else lens
    ends = [sum(lens[: at + 1]) for at in range(len(lens))]
    return [in_list[end - size : end] for end, size in zip(ends, lens)]


def is_list_of(seq, expected_type):
    return isinstance(seq, list) and all(isinstance(item, expected_type) for item in seq)


def is_tuple_of(seq, expected_type):
    return isinstance(seq, tuple) and all(isinstance(item, expected_type) for item in seq)


def is_seq_of(seq, expected_type, seq_type=None):
    return isinstance(seq, seq_type or (list, tuple)) and all(isinstance(item, expected_type) for item in seq)


def _option(*args, **kwargs):
    return lambda target: target


auto_fp16 = deprecated_api_warning = force_fp32 = _option


class ConfigDict(AttributeDict):
    pass


Config = ConfigDict


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    if name[0].isupper():
        return unknown(f'{__name__}.{name} is not modelled yet')
    return Inert(f'{__name__}.{name}')
