# torch.ao: its parts are modules of their own.
