using Colloque.Load;
using Colloque.Load.Modes;

return await Mode.RunAsync(args);
