// Names that PyTorch has. A name in these lists that is not modelled is unknown, and a gap where it is called; a name in
// none of them is an AttributeError, as in PyTorch, because code asks with hasattr what it has before it. Likewise for
// modules. The lists are written by scripts/oracle-names.py.

/** Public names by namespace, as PyTorch 2.13.0 has them. */
const NAMES = {
  Tensor: `
    H T abs absolute acos acosh add addbmm addcdiv addcmul addmm addmv addr adjoint all allclose amax amin
    aminmax angle any apply_ arccos arccosh arcsin arcsinh arctan arctan2 arctanh argmax argmin argsort
    argwhere as_strided as_strided_scatter as_subclass asin asinh atan atan2 atanh backward baddbmm
    bernoulli bfloat16 bincount bitwise_and bitwise_left_shift bitwise_not bitwise_or bitwise_right_shift
    bitwise_xor bmm bool broadcast_to byte cauchy_ ccol_indices cdouble ceil cfloat chalf char cholesky
    cholesky_inverse cholesky_solve chunk clamp clamp_max clamp_min clip clone coalesce col_indices conj
    conj_physical const_data_ptr contiguous copy_ copysign corrcoef cos cosh count_nonzero cov cpu cross
    crow_indices cuda cummax cummin cumprod cumsum data data_ptr deg2rad dense_dim dequantize det detach
    device diag diag_embed diagflat diagonal diagonal_scatter diff digamma dim dim_order dist div divide
    dot double dsplit dtype eig element_size eq equal erf erfc erfinv exp exp2 expand expand_as expm1
    exponential_ fill_ fill_diagonal_ fix flatten flip fliplr flipud float float_power floor floor_divide
    fmax fmin fmod frac frexp gather gcd ge geometric_ geqrf ger get_device grad grad_dtype grad_fn
    greater greater_equal gt half hardshrink hash_tensor heaviside histc histogram hsplit hypot i0 igamma
    igammac imag index index_add index_copy index_fill index_put index_reduce index_select indices inner
    int int_repr inverse ipu is_coalesced is_complex is_conj is_contiguous is_cpu is_cuda is_distributed
    is_floating_point is_inference is_ipu is_leaf is_maia is_meta is_mkldnn is_mps is_mtia is_neg
    is_nested is_nonzero is_pinned is_quantized is_same_size is_set_to is_shared is_signed is_sparse
    is_sparse_csr is_vulkan is_xla is_xpu isclose isfinite isinf isnan isneginf isposinf isreal istft item
    itemsize kron kthvalue layout lcm ldexp le lerp less less_equal lgamma log log10 log1p log2
    log_normal_ log_softmax logaddexp logaddexp2 logcumsumexp logdet logical_and logical_not logical_or
    logical_xor logit logsumexp long lstsq lt lu lu_solve mH mT map2_ map_ masked_fill masked_scatter
    masked_select matmul matrix_exp matrix_power max maximum mean median min minimum mm mode module_load
    moveaxis movedim msort mtia mul multinomial multiply mv mvlgamma name nan_to_num nanmean nanmedian
    nanquantile nansum narrow narrow_copy nbytes ndim ndimension ne neg negative nelement new new_empty
    new_empty_strided new_full new_ones new_tensor new_zeros nextafter nonzero nonzero_static norm normal_
    not_equal numel numpy orgqr ormqr outer output_nr permute pin_memory pinverse polygamma positive pow
    prelu prod put q_per_channel_axis q_per_channel_scales q_per_channel_zero_points q_scale q_zero_point
    qr qscheme quantile rad2deg random_ ravel real reciprocal record_stream register_hook
    register_post_accumulate_grad_hook reinforce relu remainder renorm repeat repeat_interleave
    requires_grad reshape reshape_as resize resize_as resize_as_sparse_ resolve_conj resolve_neg
    retain_grad retains_grad roll rot90 round row_indices rsqrt scatter scatter_add scatter_reduce select
    select_scatter set_ sgn shape share_memory_ short sigmoid sign signbit sin sinc sinh size
    slice_inverse slice_scatter slogdet smm softmax solve sort sparse_dim sparse_mask sparse_resize_
    sparse_resize_and_clear_ split split_with_sizes sqrt square squeeze sspaddmm std stft storage
    storage_offset storage_type stride sub subtract sum sum_to_size svd swapaxes swapdims symeig t take
    take_along_dim tan tanh tensor_split tile to to_dense to_mkldnn to_padded_tensor to_sparse
    to_sparse_bsc to_sparse_bsr to_sparse_coo to_sparse_csc to_sparse_csr tolist topk trace transpose
    triangular_solve tril triu true_divide trunc type type_as unbind unflatten unfold uniform_ unique
    unique_consecutive unsafe_chunk unsafe_split unsafe_split_with_sizes unsqueeze untyped_storage values
    var vdot view view_as volatile vsplit where xlogy xpu zero_`,
  torch: `
    AVG AcceleratorError AggregationType AliasDb AnyType Argument ArgumentSpec AwaitType BFloat16Storage
    BFloat16Tensor BenchmarkConfig BenchmarkExecutionStats Block BoolStorage BoolTensor BoolType
    BufferDict ByteStorage ByteTensor CallStack Capsule CharStorage CharTensor ClassType Code
    CompilationUnit CompleteArgumentSpec ComplexDoubleStorage ComplexFloatStorage ComplexType
    ConcreteModuleType ConcreteModuleTypeBuilder DeepCopyMemoTable DeserializationStorageContext
    DeviceObjType DictType DisableTorchFunction DisableTorchFunctionSubclass DispatchKey DispatchKeySet
    DoubleStorage DoubleTensor EnumType ErrorReport Event ExcludeDispatchKeyGuard ExecutionPlan FatalError
    FileCheck FloatStorage FloatTensor FloatType FunctionSchema Future FutureType Generator GradScaler
    Gradient Graph GraphExecutorState HalfStorage HalfTensor IODescriptor InferredType IntStorage
    IntTensor IntType InterfaceType JITException ListType LiteScriptModule LockingLogger LoggerBase
    LongStorage LongTensor ModuleDict Node NoneType NoopLogger NumberType OperatorInfo OptionalType
    OutOfMemoryError PRIVATE_OPS ParameterDict PyObjectType PyTorchFileReader PyTorchFileWriter
    QInt32Storage QInt8Storage QUInt2x4Storage QUInt4x2Storage QUInt8Storage RRefType SUM ScriptClass
    ScriptClassFunction ScriptDict ScriptDictIterator ScriptDictKeyIterator ScriptFunction ScriptList
    ScriptListIterator ScriptMethod ScriptModule ScriptModuleSerializer ScriptObject ScriptObjectProperty
    SerializationStorageContext ShortStorage ShortTensor Size StaticModule Storage StorageBase Stream
    StreamObjType StringType SymBool SymBoolType SymFloat SymInt SymIntType TYPE_CHECKING Tag Tensor
    TensorType ThroughputBenchmark TracingState TupleType Type TypedStorage USE_GLOBAL_DEPS
    USE_RTLD_GLOBAL_WITH_LIBTORCH UnionType UntypedStorage Use Value abs absolute acos acosh
    adaptive_avg_pool1d adaptive_max_pool1d add addbmm addcdiv addcmul addmm addmv addr adjoint
    affine_grid_generator alias_copy all allclose alpha_dropout amax amin aminmax angle any arange arccos
    arccosh arcsin arcsinh arctan arctan2 arctanh are_deterministic_algorithms_enabled argmax argmin
    argsort argwhere as_strided as_strided_copy as_strided_scatter as_tensor asarray asin asinh atan atan2
    atanh atleast_1d atleast_2d atleast_3d autocast autocast_decrement_nesting autocast_increment_nesting
    avg_pool1d baddbmm bartlett_window batch_norm batch_norm_backward_elemt batch_norm_backward_reduce
    batch_norm_elemt batch_norm_gather_stats batch_norm_gather_stats_with_counts batch_norm_stats
    batch_norm_update_stats bernoulli bfloat16 bilinear binary_cross_entropy_with_logits bincount binomial
    bit bits16 bits1x8 bits2x4 bits4x2 bits8 bitwise_and bitwise_left_shift bitwise_not bitwise_or
    bitwise_right_shift bitwise_xor blackman_window block_diag bmm bool broadcast_shapes broadcast_tensors
    broadcast_to bucketize can_cast cartesian_prod cat ccol_indices_copy cdist cdouble ceil celu cfloat
    chain_matmul chalf channel_shuffle channels_last channels_last_3d cholesky cholesky_inverse
    cholesky_solve choose_qparams_optimized chunk clamp clamp_max clamp_min classproperty
    clear_autocast_cache clip clone col_indices_copy column_stack combinations compile
    compiled_with_cxx11_abi complex complex128 complex32 complex64 concat concatenate cond conj
    conj_physical constant_pad_nd contiguous_format conv1d conv2d conv3d conv_tbc conv_transpose1d
    conv_transpose2d conv_transpose3d convolution copysign corrcoef cos cosh cosine_embedding_loss
    cosine_similarity count_nonzero cov cross crow_indices_copy ctc_loss cudnn_affine_grid_generator
    cudnn_batch_norm cudnn_convolution cudnn_convolution_add_relu cudnn_convolution_relu
    cudnn_convolution_transpose cudnn_grid_sampler cudnn_is_acceptable cummax cummin cumprod cumsum
    cumulative_trapezoid default_generator deg2rad dequantize det detach detach_copy device diag
    diag_embed diagflat diagonal diagonal_copy diagonal_scatter diff digamma dist div divide dot double
    dropout dsmm dsplit dstack dtype e eig einsum embedding embedding_bag embedding_renorm_ empty
    empty_like empty_permuted empty_quantized empty_strided enable_grad eq equal erf erfc erfinv exp exp2
    expand_copy expm1 eye fake_quantize_per_channel_affine fake_quantize_per_tensor_affine
    fbgemm_linear_fp16_weight fbgemm_linear_fp16_weight_fp32_activation fbgemm_linear_int8_weight
    fbgemm_linear_int8_weight_fp32_activation fbgemm_linear_quantize_weight fbgemm_pack_gemm_matrix_fp16
    fbgemm_pack_quantized_matrix feature_alpha_dropout feature_dropout fill finfo fix flatten flip fliplr
    flipud float float16 float32 float4_e2m1fn_x2 float64 float8_e4m3fn float8_e4m3fnuz float8_e5m2
    float8_e5m2fnuz float8_e8m0fnu float_power floor floor_divide fmax fmin fmod fork frac frexp
    frobenius_norm from_dlpack from_file from_numpy frombuffer full full_like
    fused_moving_avg_obs_fake_quant gather gcd ge geqrf ger get_autocast_cpu_dtype get_autocast_dtype
    get_autocast_gpu_dtype get_autocast_ipu_dtype get_autocast_xla_dtype get_default_device
    get_default_dtype get_deterministic_debug_mode get_device get_device_module get_file_path
    get_float32_matmul_precision get_num_interop_threads get_num_threads get_rng_state gradient greater
    greater_equal grid_sampler grid_sampler_2d grid_sampler_3d group_norm gru gru_cell gt half
    hamming_window hann_window hardshrink has_lapack has_mkl has_openmp has_spectral hash_tensor heaviside
    hinge_embedding_loss histc histogram histogramdd hsmm hsplit hspmm hstack hypot i0 igamma igammac
    iinfo imag import_ir_module import_ir_module_from_buffer index_add index_copy index_fill index_put
    index_reduce index_select indices_copy inf inference_mode init_num_threads initial_seed inner
    instance_norm int int1 int16 int2 int3 int32 int4 int5 int6 int64 int7 int8 int_repr inverse
    is_anomaly_check_nan_enabled is_anomaly_enabled is_autocast_cache_enabled is_autocast_cpu_enabled
    is_autocast_enabled is_autocast_ipu_enabled is_autocast_xla_enabled is_complex is_conj
    is_deterministic_algorithms_warn_only_enabled is_distributed is_floating_point is_grad_enabled
    is_inference is_inference_mode_enabled is_neg is_nonzero is_same_size is_signed is_storage is_tensor
    is_vulkan_available is_warn_always_enabled isclose isfinite isin isinf isnan isneginf isposinf isreal
    istft jagged kaiser_window kl_div kron kthvalue layer_norm layout lcm ldexp le
    legacy_contiguous_format lerp less less_equal lgamma linspace load lobpcg log log10 log1p log2
    log_softmax logaddexp logaddexp2 logcumsumexp logdet logical_and logical_not logical_or logical_xor
    logit logspace logsumexp long lstm lstm_cell lstsq lt lu lu_solve lu_unpack manual_seed
    margin_ranking_loss masked_fill masked_scatter masked_select matmul matrix_exp matrix_power
    matrix_rank max max_pool1d max_pool1d_with_indices max_pool2d max_pool3d maximum mean median
    memory_format merge_type_from_type_comment meshgrid min minimum miopen_batch_norm miopen_convolution
    miopen_convolution_add_relu miopen_convolution_relu miopen_convolution_transpose miopen_ctc_loss
    miopen_depthwise_convolution miopen_rnn mkldnn_adaptive_avg_pool2d mkldnn_convolution
    mkldnn_linear_backward_weights mkldnn_max_pool2d mkldnn_max_pool3d mkldnn_rnn_layer mm mode moveaxis
    movedim msort mul multinomial multiply mv mvlgamma nan nan_to_num nanmean nanmedian nanquantile nansum
    narrow narrow_copy native_batch_norm native_channel_shuffle native_dropout native_group_norm
    native_layer_norm native_norm ne neg negative newaxis nextafter no_grad nonzero nonzero_static norm
    norm_except_dim normal not_equal nuclear_norm numel ones ones_like orgqr ormqr outer pairwise_distance
    parse_ir parse_schema parse_type_comment pca_lowrank pdist per_channel_affine
    per_channel_affine_float_qparams per_channel_symmetric per_tensor_affine per_tensor_symmetric permute
    permute_copy pi pinverse pixel_shuffle pixel_unshuffle poisson poisson_nll_loss polar polygamma
    positive pow prelu prepare_multiprocessing_environment preserve_format prod
    profiler_allow_cudagraph_cupti_lazy_reinit_cuda12 promote_types put q_per_channel_axis
    q_per_channel_scales q_per_channel_zero_points q_scale q_zero_point qint32 qint8 qr qscheme quantile
    quantize_per_channel quantize_per_tensor quantize_per_tensor_dynamic quantized_batch_norm
    quantized_gru quantized_gru_cell quantized_lstm quantized_lstm_cell quantized_max_pool1d
    quantized_max_pool2d quantized_max_pool3d quantized_rnn_relu_cell quantized_rnn_tanh_cell quint2x4
    quint4x2 quint8 rad2deg rand rand_like randint randint_like randn randn_like randperm range ravel real
    reciprocal relu remainder renorm repeat_interleave reshape resize_as_ resize_as_sparse_ resolve_conj
    resolve_neg result_type rms_norm rnn_relu rnn_relu_cell rnn_tanh rnn_tanh_cell roll rot90 round
    row_indices_copy row_stack rrelu rsqrt rsub saddmm save scalar_tensor scatter scatter_add
    scatter_reduce searchsorted seed segment_reduce select select_copy select_scatter selu
    set_anomaly_enabled set_autocast_cache_enabled set_autocast_cpu_dtype set_autocast_cpu_enabled
    set_autocast_dtype set_autocast_enabled set_autocast_gpu_dtype set_autocast_ipu_dtype
    set_autocast_ipu_enabled set_autocast_xla_dtype set_autocast_xla_enabled set_default_device
    set_default_dtype set_default_tensor_type set_deterministic_debug_mode set_float32_matmul_precision
    set_flush_denormal set_grad_enabled set_num_interop_threads set_num_threads set_printoptions
    set_rng_state set_warn_always sgn short sigmoid sign signbit sin sinc sinh slice_copy slice_inverse
    slice_scatter slogdet smm softmax solve sort sparse_bsc sparse_bsc_tensor sparse_bsr sparse_bsr_tensor
    sparse_compressed_tensor sparse_coo sparse_coo_tensor sparse_csc sparse_csc_tensor sparse_csr
    sparse_csr_tensor split split_copy split_with_sizes split_with_sizes_copy spmm sqrt square squeeze
    squeeze_copy sspaddmm stack std std_mean stft strided sub subtract sum svd svd_lowrank swapaxes
    swapdims sym_constrain_range sym_constrain_range_for_size sym_float sym_fresh_size sym_int sym_ite
    sym_max sym_min sym_not sym_sqrt sym_sum symeig t t_copy take take_along_dim tan tanh tensor
    tensor_split tensordot thread_safe_generator threshold tile to_dlpack topk trace transpose
    transpose_copy trapezoid trapz triangular_solve tril tril_indices triplet_margin_loss triu
    triu_indices true_divide trunc typename uint1 uint16 uint2 uint3 uint32 uint4 uint5 uint6 uint64 uint7
    uint8 unbind unbind_copy unflatten unfold_copy unify_type_list unique unique_consecutive unravel_index
    unsafe_chunk unsafe_split unsafe_split_with_sizes unsqueeze unsqueeze_copy
    use_deterministic_algorithms values_copy vander var var_mean vdot view_as_complex view_as_complex_copy
    view_as_real view_as_real_copy view_copy vmap vsplit vstack wait where while_loop xlogy zero_ zeros
    zeros_like`,
  'torch.autograd': `
    DeviceType Function Mapping NestedIOFunction ProfilerActivity ProfilerConfig ProfilerEvent
    ProfilerState SavedTensor Sequence Variable backward cast detect_anomaly enable_grad
    enforce_grad_layout_policy grad gradcheck gradgradcheck handle_torch_function has_torch_function
    inference_mode is_multithreading_enabled is_tensor_like is_view_replay_enabled kineto_available
    no_grad overload set_detect_anomaly set_grad_enabled set_multithreading_enabled variable`,
  'torch.cuda': `
    AcceleratorError Any BFloat16Storage BFloat16Tensor BoolStorage BoolTensor ByteStorage ByteTensor
    CUDAGraph CUDAPluggableAllocator Callable CharStorage CharTensor ComplexDoubleStorage
    ComplexFloatStorage CudaError DEVICE_REQUIREMENT DeferredCudaCallError Device DoubleStorage
    DoubleTensor Event ExternalStream FloatStorage FloatTensor GreenContext HalfStorage HalfTensor
    IntStorage IntTensor LongStorage LongTensor MemPool NewType Optional OutOfMemoryError
    PYTORCH_RELEASES_CODE_CC ShortStorage ShortTensor Stream StreamContext TYPE_CHECKING
    caching_allocator_alloc caching_allocator_delete caching_allocator_disabled caching_allocator_enable
    can_device_access_peer cast change_current_allocator check_error classproperty clock_rate cudaStatus
    cudart current_blas_handle current_device current_solver_handle current_stream default_generators
    default_stream device device_count device_memory_used device_of empty_cache get_allocator_backend
    get_arch_list get_device_capability get_device_name get_device_properties get_gencode_flags
    get_per_process_memory_fraction get_rng_state get_rng_state_all get_stream_from_external
    get_sync_debug_mode graph graph_pool_handle has_half has_magma host_memory_stats
    host_memory_stats_as_nested_dict init initial_seed ipc_collect is_available is_bf16_supported
    is_current_stream_capturing is_initialized is_tf32_supported list_gpu_processes lru_cache
    make_graphed_callables manual_seed manual_seed_all max_memory_allocated max_memory_cached
    max_memory_reserved mem_get_info memory_allocated memory_cached memory_reserved memory_snapshot
    memory_stats memory_stats_as_nested_dict memory_summary memory_usage power_draw
    reset_accumulated_host_memory_stats reset_accumulated_memory_stats reset_max_memory_allocated
    reset_max_memory_cached reset_peak_host_memory_stats reset_peak_memory_stats seed seed_all set_device
    set_per_process_memory_fraction set_rng_state set_rng_state_all set_stream set_sync_debug_mode stream
    synchronize temperature use_mem_pool utilization`,
  'torch.distributed': `
    AllToAllOptions AllreduceCoalescedOptions AllreduceOptions Backend BackendConfig BarrierOptions
    BroadcastOptions BuiltinCommHookType DebugLevel DeviceMesh DistBackendError DistError DistNetworkError
    DistStoreError FileStore GatherOptions GradBucket GroupMember GroupName HashStore Logger P2POp
    PrefixStore ProcessGroup ProcessGroupGloo QueueEmptyError RankType ReduceOp ReduceOptions
    ReduceScatterOptions Reducer ScatterOptions Store TCPStore Work all_gather all_gather_coalesced
    all_gather_into_tensor all_gather_object all_gather_single all_reduce all_reduce_coalesced all_to_all
    all_to_all_single barrier batch_isend_irecv breakpoint broadcast broadcast_object_list
    default_pg_timeout destroy_process_group gather gather_object get_backend get_backend_config
    get_debug_level get_default_backend_for_device get_global_rank get_group_rank get_node_local_rank
    get_pg_count get_process_group_ranks get_rank get_world_size group init_device_mesh init_process_group
    irecv is_available is_backend_available is_gloo_available is_initialized is_mpi_available
    is_nccl_available is_torchelastic_launched is_ucc_available is_xccl_available isend log
    monitored_barrier new_group new_subgroups new_subgroups_by_enumeration record_comm recv
    recv_object_list reduce reduce_op reduce_scatter reduce_scatter_single reduce_scatter_tensor
    register_rendezvous_handler rendezvous scatter scatter_object_list send send_object_list
    set_debug_level set_debug_level_from_env shrink_group split_group supports_complex timedelta`,
  'torch.distributions': `
    AbsTransform AffineTransform Bernoulli Beta Binomial CatTransform Categorical Cauchy Chi2
    ComposeTransform ContinuousBernoulli CorrCholeskyTransform CumulativeDistributionTransform Dirichlet
    Distribution ExpTransform Exponential ExponentialFamily FisherSnedecor Gamma GeneralizedPareto
    Geometric Gumbel HalfCauchy HalfNormal Independent IndependentTransform InverseGamma Kumaraswamy
    LKJCholesky Laplace LogNormal LogisticNormal LowRankMultivariateNormal LowerCholeskyTransform
    MixtureSameFamily Multinomial MultivariateNormal NegativeBinomial Normal OneHotCategorical
    OneHotCategoricalStraightThrough Pareto Poisson PositiveDefiniteTransform PowerTransform
    RelaxedBernoulli RelaxedOneHotCategorical ReshapeTransform SigmoidTransform SoftmaxTransform
    SoftplusTransform StackTransform StickBreakingTransform StudentT TanhTransform Transform
    TransformedDistribution Uniform VonMises Weibull Wishart biject_to identity_transform kl_divergence
    register_kl transform_to`,
  'torch.fft': `
    Tensor common_args factory_common_args fft fft2 fftfreq fftn fftshift hfft hfft2 hfftn ifft ifft2
    ifftn ifftshift ihfft ihfft2 ihfftn irfft irfft2 irfftn rfft rfft2 rfftfreq rfftn`,
  'torch.fx': `
    CodeGen Graph GraphModule Interpreter Node PH Proxy ProxyableClassMeta Tracer Transformer
    has_side_effect map_arg replace_pattern symbolic_trace wrap`,
  'torch.jit': `
    Attribute CompilationUnit Error Final Future Iterator ONNXTracedModule RecursiveScriptClass
    RecursiveScriptModule ScriptFunction ScriptModule ScriptWarning TopLevelTracedModule TracedModule
    TracerWarning TracingCheckError annotate contextmanager enable_onednn_fusion export export_opnames
    fork freeze fuser ignore interface is_scripting is_tracing isinstance jit_module_from_flatbuffer
    last_executed_optimized_graph load onednn_fusion_enabled optimize_for_inference optimized_execution
    run_frozen_optimizations save save_jit_module_to_flatbuffer script script_if_tracing script_method
    set_fusion_strategy set_module strict_fusion trace trace_module unused wait`,
  'torch.linalg': `
    LinAlgError cholesky cholesky_ex common_notes cond cross det diagonal eig eigh eigvals eigvalsh
    householder_product inv inv_ex ldl_factor ldl_factor_ex ldl_solve lstsq lu lu_factor lu_factor_ex
    lu_solve matmul matrix_exp matrix_norm matrix_power matrix_rank multi_dot norm pinv qr slogdet solve
    solve_ex solve_triangular svd svdvals tensorinv tensorsolve vander vecdot vector_norm`,
  'torch.nn': `
    AdaptiveAvgPool1d AdaptiveAvgPool2d AdaptiveAvgPool3d AdaptiveLogSoftmaxWithLoss AdaptiveMaxPool1d
    AdaptiveMaxPool2d AdaptiveMaxPool3d AlphaDropout AvgPool1d AvgPool2d AvgPool3d BCELoss
    BCEWithLogitsLoss BatchNorm1d BatchNorm2d BatchNorm3d Bilinear Buffer CELU CTCLoss ChannelShuffle
    CircularPad1d CircularPad2d CircularPad3d ConstantPad1d ConstantPad2d ConstantPad3d Container Conv1d
    Conv2d Conv3d ConvTranspose1d ConvTranspose2d ConvTranspose3d CosineEmbeddingLoss CosineSimilarity
    CrossEntropyLoss CrossMapLRN2d DataParallel Dropout Dropout1d Dropout2d Dropout3d ELU Embedding
    EmbeddingBag FeatureAlphaDropout Flatten Fold FractionalMaxPool2d FractionalMaxPool3d GELU GLU GRU
    GRUCell GaussianNLLLoss GroupNorm Hardshrink Hardsigmoid Hardswish Hardtanh HingeEmbeddingLoss
    HuberLoss Identity InstanceNorm1d InstanceNorm2d InstanceNorm3d KLDivLoss L1Loss LPPool1d LPPool2d
    LPPool3d LSTM LSTMCell LayerNorm LazyBatchNorm1d LazyBatchNorm2d LazyBatchNorm3d LazyConv1d LazyConv2d
    LazyConv3d LazyConvTranspose1d LazyConvTranspose2d LazyConvTranspose3d LazyInstanceNorm1d
    LazyInstanceNorm2d LazyInstanceNorm3d LazyLinear LeakyReLU Linear LinearCrossEntropyLoss
    LinearCrossEntropyOptions LocalResponseNorm LogSigmoid LogSoftmax MSELoss MarginRankingLoss MaxPool1d
    MaxPool2d MaxPool3d MaxUnpool1d MaxUnpool2d MaxUnpool3d Mish Module ModuleDict ModuleList
    MultiLabelMarginLoss MultiLabelSoftMarginLoss MultiMarginLoss MultiheadAttention NLLLoss NLLLoss2d
    PReLU PairwiseDistance Parameter ParameterDict ParameterList PixelShuffle PixelUnshuffle
    PoissonNLLLoss RMSNorm RNN RNNBase RNNCell RNNCellBase RReLU ReLU ReLU6 ReflectionPad1d
    ReflectionPad2d ReflectionPad3d ReplicationPad1d ReplicationPad2d ReplicationPad3d SELU Sequential
    SiLU Sigmoid SmoothL1Loss SoftMarginLoss Softmax Softmax2d Softmin Softplus Softshrink Softsign
    SyncBatchNorm Tanh Tanhshrink Threshold Transformer TransformerDecoder TransformerDecoderLayer
    TransformerEncoder TransformerEncoderLayer TripletMarginLoss TripletMarginWithDistanceLoss Unflatten
    Unfold UninitializedBuffer UninitializedParameter Upsample UpsamplingBilinear2d UpsamplingNearest2d
    ZeroPad1d ZeroPad2d ZeroPad3d factory_kwargs`,
  'torch.nn.attention': `
    Iterable SDPAParams SDPBackend Union WARN_FOR_UNFUSED_KERNELS activate_flash_attention_impl
    can_use_efficient_attention can_use_flash_attention current_flash_attention_impl
    list_flash_attention_impls register_flash_attention_impl restore_flash_attention_impl sdpa_kernel warn`,
  'torch.nn.functional': `
    BroadcastingList1 BroadcastingList2 BroadcastingList3 Callable DType GRID_SAMPLE_INTERPOLATION_MODES
    GRID_SAMPLE_PADDING_MODES Optional ScalingType SwizzleType TYPE_CHECKING Tensor adaptive_avg_pool1d
    adaptive_avg_pool2d adaptive_avg_pool3d adaptive_max_pool1d adaptive_max_pool1d_with_indices
    adaptive_max_pool2d adaptive_max_pool2d_with_indices adaptive_max_pool3d
    adaptive_max_pool3d_with_indices affine_grid alpha_dropout assert_int_or_pair avg_pool1d avg_pool2d
    avg_pool3d batch_norm bilinear binary_cross_entropy binary_cross_entropy_with_logits boolean_dispatch
    celu channel_shuffle conv1d conv2d conv3d conv_tbc conv_transpose1d conv_transpose2d conv_transpose3d
    cosine_embedding_loss cosine_similarity cross_entropy ctc_loss dropout dropout1d dropout2d dropout3d
    elu embedding embedding_bag feature_alpha_dropout fold fractional_max_pool2d
    fractional_max_pool2d_with_indices fractional_max_pool3d fractional_max_pool3d_with_indices
    gaussian_nll_loss gelu glu grid_sample group_norm grouped_mm gumbel_softmax handle_torch_function
    hardshrink hardsigmoid hardswish hardtanh has_torch_function has_torch_function_unary
    has_torch_function_variadic hinge_embedding_loss huber_loss instance_norm interpolate kl_div l1_loss
    layer_norm leaky_relu linear linear_cross_entropy local_response_norm log_softmax logsigmoid lp_pool1d
    lp_pool2d lp_pool3d margin_ranking_loss max_pool1d max_pool1d_with_indices max_pool2d
    max_pool2d_with_indices max_pool3d max_pool3d_with_indices max_unpool1d max_unpool2d max_unpool3d mish
    mse_loss multi_head_attention_forward multi_margin_loss multilabel_margin_loss
    multilabel_soft_margin_loss native_channel_shuffle nll_loss normalize one_hot pad pairwise_distance
    pdist pixel_shuffle pixel_unshuffle poisson_nll_loss prelu relu relu6 reproducibility_notes rms_norm
    rrelu scaled_dot_product_attention scaled_grouped_mm scaled_mm selu sigmoid silu smooth_l1_loss
    soft_margin_loss softmax softmin softplus softshrink softsign sparse_support_notes tanh tanhshrink
    tf32_notes threshold triplet_margin_loss triplet_margin_with_distance_loss unfold upsample
    upsample_bilinear upsample_nearest`,
  'torch.nn.init': `
    Callable Literal ParamSpec Tensor TypeVar calculate_gain constant dirac eye kaiming_normal
    kaiming_uniform normal ones_ orthogonal sparse trunc_normal_ uniform xavier_normal xavier_uniform
    zeros_`,
  'torch.nn.modules': `
    AdaptiveAvgPool1d AdaptiveAvgPool2d AdaptiveAvgPool3d AdaptiveLogSoftmaxWithLoss AdaptiveMaxPool1d
    AdaptiveMaxPool2d AdaptiveMaxPool3d AlphaDropout AvgPool1d AvgPool2d AvgPool3d BCELoss
    BCEWithLogitsLoss BatchNorm1d BatchNorm2d BatchNorm3d Bilinear CELU CTCLoss ChannelShuffle
    CircularPad1d CircularPad2d CircularPad3d ConstantPad1d ConstantPad2d ConstantPad3d Container Conv1d
    Conv2d Conv3d ConvTranspose1d ConvTranspose2d ConvTranspose3d CosineEmbeddingLoss CosineSimilarity
    CrossEntropyLoss CrossMapLRN2d Dropout Dropout1d Dropout2d Dropout3d ELU Embedding EmbeddingBag
    FeatureAlphaDropout Flatten Fold FractionalMaxPool2d FractionalMaxPool3d GELU GLU GRU GRUCell
    GaussianNLLLoss GroupNorm Hardshrink Hardsigmoid Hardswish Hardtanh HingeEmbeddingLoss HuberLoss
    Identity InstanceNorm1d InstanceNorm2d InstanceNorm3d KLDivLoss L1Loss LPPool1d LPPool2d LPPool3d LSTM
    LSTMCell LayerNorm LazyBatchNorm1d LazyBatchNorm2d LazyBatchNorm3d LazyConv1d LazyConv2d LazyConv3d
    LazyConvTranspose1d LazyConvTranspose2d LazyConvTranspose3d LazyInstanceNorm1d LazyInstanceNorm2d
    LazyInstanceNorm3d LazyLinear LeakyReLU Linear LinearCrossEntropyLoss LinearCrossEntropyOptions
    LocalResponseNorm LogSigmoid LogSoftmax MSELoss MarginRankingLoss MaxPool1d MaxPool2d MaxPool3d
    MaxUnpool1d MaxUnpool2d MaxUnpool3d Mish Module ModuleDict ModuleList MultiLabelMarginLoss
    MultiLabelSoftMarginLoss MultiMarginLoss MultiheadAttention NLLLoss NLLLoss2d PReLU PairwiseDistance
    ParameterDict ParameterList PixelShuffle PixelUnshuffle PoissonNLLLoss RMSNorm RNN RNNBase RNNCell
    RNNCellBase RReLU ReLU ReLU6 ReflectionPad1d ReflectionPad2d ReflectionPad3d ReplicationPad1d
    ReplicationPad2d ReplicationPad3d SELU Sequential SiLU Sigmoid SmoothL1Loss SoftMarginLoss Softmax
    Softmax2d Softmin Softplus Softshrink Softsign SyncBatchNorm Tanh Tanhshrink Threshold Transformer
    TransformerDecoder TransformerDecoderLayer TransformerEncoder TransformerEncoderLayer
    TripletMarginLoss TripletMarginWithDistanceLoss Unflatten Unfold Upsample UpsamplingBilinear2d
    UpsamplingNearest2d ZeroPad1d ZeroPad2d ZeroPad3d`,
  'torch.nn.utils': `
    clip_grad_norm clip_grad_value_ clip_grads_with_norm_ convert_conv2d_weight_memory_format
    convert_conv3d_weight_memory_format fuse_conv_bn_eval fuse_conv_bn_weights fuse_linear_bn_eval
    fuse_linear_bn_weights get_total_norm parameters_to_vector remove_spectral_norm remove_weight_norm
    skip_init spectral_norm vector_to_parameters weight_norm`,
  'torch.optim': `
    ASGD Adadelta Adafactor Adagrad Adam AdamW Adamax LBFGS Muon NAdam Optimizer RAdam RMSprop Rprop SGD
    SparseAdam swap_in_optimizer_params_and_state`,
  'torch.optim.lr_scheduler': `
    Any ChainedScheduler ConstantLR CosineAnnealingLR CosineAnnealingWarmRestarts Counter CyclicLR
    EPOCH_DEPRECATION_WARNING ExponentialLR LRScheduler LambdaLR LinearLR Literal MultiStepLR
    MultiplicativeLR OneCycleLR Optimizer PolynomialLR ReduceLROnPlateau Self SequentialLR StepLR
    SupportsFloat TYPE_CHECKING Tensor TypedDict annotations bisect_right cast inf override partial ref
    wraps`,
  'torch.special': `
    Tensor airy_ai bessel_j0 bessel_j1 bessel_y0 bessel_y1 chebyshev_polynomial_t chebyshev_polynomial_u
    chebyshev_polynomial_v chebyshev_polynomial_w common_args digamma entr erf erfc erfcx erfinv exp2
    expit expm1 gammainc gammaincc gammaln hermite_polynomial_h hermite_polynomial_he i0 i0e i1 i1e
    laguerre_polynomial_l legendre_polynomial_p log1p log_ndtr log_softmax logit logsumexp
    modified_bessel_i0 modified_bessel_i1 modified_bessel_k0 modified_bessel_k1 multi_dim_common
    multigammaln ndtr ndtri polygamma psi round scaled_modified_bessel_k0 scaled_modified_bessel_k1
    shifted_chebyshev_polynomial_t shifted_chebyshev_polynomial_u shifted_chebyshev_polynomial_v
    shifted_chebyshev_polynomial_w sinc softmax spherical_bessel_j0 xlog1py xlogy zeta`,
  'torch.utils': `
    ThroughputBenchmark cmake_prefix_path generate_methods_for_privateuse1_backend get_cpp_backtrace
    rename_privateuse1_backend set_module swap_tensors`,
  'torch.utils.data': `
    BatchSampler ChainDataset ConcatDataset DFIterDataPipe DataChunk DataLoader Dataset DistributedSampler
    IterDataPipe IterableDataset MapDataPipe RandomSampler Sampler SequentialSampler StackDataset Subset
    SubsetRandomSampler TensorDataset WeightedRandomSampler argument_validation default_collate
    default_convert functional_datapipe get_worker_info guaranteed_datapipes_determinism non_deterministic
    random_split runtime_validation runtime_validation_disabled`,
};

const MODULES = `
  _C _VF __config__ __future__ _appdirs _awaits _classes _compile _custom_op _custom_ops _decomp _dispatch
  _dynamo _environment _export _functorch _guards _higher_order_ops _inductor _jit_internal _lazy _library
  _linalg_utils _lobpcg _logging _lowrank _meta_registrations _native _numpy _opaque_base _ops _prims
  _prims_common _python_dispatcher _refs _size_docs _sources _storage_docs _streambase _strobelight
  _subclasses _tensor _tensor_docs _tensor_iterator _tensor_str _thread_safe_fork _torch_docs _utils
  _utils_internal _vendor _vmap_internals _weights_only_unpickler accelerator amp ao autograd backends
  compiler contrib cpu cuda distributed distributions export fft func functional futures fx hub jit library
  linalg masked monitor mps mtia multiprocessing nativert nested nn numa onnx optim overrides package
  profiler quantization quasirandom random return_types serialization signal sparse special storage testing
  torch_version types utils version xpu ao.nn ao.ns ao.pruning ao.quantization autograd._functions
  autograd.anomaly_mode autograd.forward_ad autograd.function autograd.functional autograd.grad_mode
  autograd.gradcheck autograd.graph autograd.profiler autograd.profiler_legacy autograd.profiler_util
  autograd.variable cuda._annotate_cuda_graph_trace cuda._device_limits cuda._gpu_trace
  cuda._graph_annotations cuda._memory_viz cuda._pin_memory_utils cuda._sanitizer cuda._utils cuda.amp
  cuda.comm cuda.gds cuda.graphs cuda.green_contexts cuda.jiterator cuda.memory cuda.nccl cuda.nvtx
  cuda.profiler cuda.random cuda.sparse cuda.streams cuda.tunable distributed._checkpointable
  distributed._composable distributed._composable_state distributed._dist2
  distributed._functional_collectives distributed._functional_collectives_impl distributed._local_tensor
  distributed._mesh_layout distributed._meta_registrations distributed._ops distributed._pycute
  distributed._serialization distributed._shard distributed._sharded_tensor distributed._sharding_spec
  distributed._state_dict_utils distributed._symmetric_memory distributed._tensor distributed._tools
  distributed.algorithms distributed.argparse_util distributed.autograd distributed.c10d_logger
  distributed.checkpoint distributed.collective_utils distributed.config distributed.constants
  distributed.debug distributed.device_mesh distributed.distributed_c10d distributed.elastic
  distributed.flight_recorder distributed.fsdp distributed.launch distributed.launcher
  distributed.logging_handlers distributed.nn distributed.optim distributed.pipelining
  distributed.remote_device distributed.rendezvous distributed.rpc distributed.run distributed.tensor
  distributed.utils distributions.bernoulli distributions.beta distributions.binomial
  distributions.categorical distributions.cauchy distributions.chi2 distributions.constraint_registry
  distributions.constraints distributions.continuous_bernoulli distributions.dirichlet
  distributions.distribution distributions.exp_family distributions.exponential distributions.fishersnedecor
  distributions.gamma distributions.generalized_pareto distributions.geometric distributions.gumbel
  distributions.half_cauchy distributions.half_normal distributions.independent distributions.inverse_gamma
  distributions.kl distributions.kumaraswamy distributions.laplace distributions.lkj_cholesky
  distributions.log_normal distributions.logistic_normal distributions.lowrank_multivariate_normal
  distributions.mixture_same_family distributions.multinomial distributions.multivariate_normal
  distributions.negative_binomial distributions.normal distributions.one_hot_categorical
  distributions.pareto distributions.poisson distributions.relaxed_bernoulli
  distributions.relaxed_categorical distributions.studentT distributions.transformed_distribution
  distributions.transforms distributions.uniform distributions.utils distributions.von_mises
  distributions.weibull distributions.wishart fx._compatibility fx._graph_pickler fx._lazy_graph_module
  fx._pytree fx._symbolic_trace fx._utils fx.annotate fx.config fx.experimental fx.graph fx.graph_module
  fx.immutable_collections fx.interpreter fx.node fx.operator_schemas fx.passes fx.proxy
  fx.subgraph_rewriter fx.tensor_type fx.traceback jit._async jit._await jit._builtins jit._check
  jit._dataclass_impls jit._decomposition_utils jit._decompositions jit._freeze jit._fuser jit._ir_utils
  jit._logging jit._monkeytype_config jit._passes jit._pickle jit._recursive jit._script jit._serialization
  jit._shape_functions jit._state jit._trace jit.annotations jit.frontend jit.generate_bytecode jit.mobile
  jit.quantized jit.supported_ops jit.unsupported_tensor_ops nn._reduction nn.attention nn.backends
  nn.common_types nn.cpp nn.functional nn.grad nn.init nn.intrinsic nn.modules nn.parallel nn.parameter
  nn.qat nn.quantizable nn.quantized nn.utils nn.attention._fa3 nn.attention._fa4 nn.attention._registry
  nn.attention._utils nn.attention.bias nn.attention.experimental nn.attention.flex_attention
  nn.attention.varlen nn.modules._functions nn.modules.activation nn.modules.adaptive nn.modules.batchnorm
  nn.modules.channelshuffle nn.modules.container nn.modules.conv nn.modules.distance nn.modules.dropout
  nn.modules.flatten nn.modules.fold nn.modules.instancenorm nn.modules.lazy nn.modules.linear
  nn.modules.linear_cross_entropy nn.modules.linear_cross_entropy_options nn.modules.loss nn.modules.module
  nn.modules.normalization nn.modules.padding nn.modules.pixelshuffle nn.modules.pooling nn.modules.rnn
  nn.modules.sparse nn.modules.transformer nn.modules.upsampling nn.modules.utils
  nn.utils._deprecation_utils nn.utils._expanded_weights nn.utils._named_member_accessor
  nn.utils._per_sample_grad nn.utils.clip_grad nn.utils.convert_parameters nn.utils.fusion nn.utils.init
  nn.utils.memory_format nn.utils.parametrizations nn.utils.parametrize nn.utils.prune nn.utils.rnn
  nn.utils.spectral_norm nn.utils.stateless nn.utils.weight_norm onnx._constants onnx._flags onnx._internal
  onnx.errors onnx.operators onnx.ops onnx.symbolic_helper onnx.symbolic_opset10 onnx.symbolic_opset11
  onnx.symbolic_opset12 onnx.symbolic_opset13 onnx.symbolic_opset14 onnx.symbolic_opset15
  onnx.symbolic_opset16 onnx.symbolic_opset17 onnx.symbolic_opset18 onnx.symbolic_opset19
  onnx.symbolic_opset20 onnx.symbolic_opset7 onnx.symbolic_opset8 onnx.symbolic_opset9 onnx.testing
  onnx.utils onnx.verification optim._adafactor optim._functional optim._multi_tensor optim._muon
  optim._stateless optim.adadelta optim.adagrad optim.adam optim.adamax optim.adamw optim.asgd optim.lbfgs
  optim.lr_scheduler optim.nadam optim.optimizer optim.radam optim.rmsprop optim.rprop optim.sgd
  optim.sparse_adam optim.swa_utils utils._appending_byte_serializer utils._config_module
  utils._content_store utils._contextlib utils._cpp_embed_headers utils._cpp_extension_versioner
  utils._cuda_debug utils._cxx_pytree utils._debug_mode utils._device utils._dtype_abbrs utils._exposed_in
  utils._filelock utils._foreach_utils utils._functools utils._get_clean_triton utils._helion
  utils._import_utils utils._inspect utils._mode_utils utils._ordered_set utils._pallas
  utils._python_dispatch utils._pytree utils._runtime_estimation utils._stats utils._strobelight
  utils._sympy utils._thunk utils._traceback utils._triton utils._typing_utils utils._zip utils.backcompat
  utils.backend_registration utils.benchmark utils.bundled_inputs utils.checkpoint utils.collect_env
  utils.cpp_backtrace utils.cpp_extension utils.data utils.debug_log utils.deterministic utils.dlpack
  utils.file_baton utils.flop_counter utils.hipify utils.hooks utils.jit utils.mkldnn utils.mobile_optimizer
  utils.model_dump utils.model_zoo utils.module_tracker utils.serialization utils.show_pickle
  utils.tensorboard utils.throughput_benchmark utils.viz utils.weak utils.data._utils
  utils.data.backward_compatibility utils.data.dataloader utils.data.datapipes utils.data.dataset
  utils.data.distributed utils.data.graph utils.data.graph_settings utils.data.sampler`;

const SETS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(NAMES).map(([namespace, names]) => [namespace, new Set(names.split(/\s+/))]),
);

/** Whether PyTorch has this name in a namespace, be it modelled or not. `relu_` goes with `relu`. */
export function isTorchName(namespace: string, name: string): boolean {
  const names = SETS.get(namespace);
  return names?.has(name) || (name.endsWith('_') && names?.has(name.slice(0, -1))) || false;
}

/** Whether there is a list of the names of a module. */
export const hasNames = (module: string): boolean => SETS.has(module);

const MODULE_SET: ReadonlySet<string> = new Set(MODULES.trim().split(/\s+/));

/** Whether PyTorch has a module of this name, be it modelled or not; down to the second level or so. */
export const isTorchModule = (name: string): boolean =>
  name.startsWith('torch.') && MODULE_SET.has(name.slice('torch.'.length));
