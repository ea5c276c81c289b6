// Runs before the first paint, so that a dark screen never flashes white. The choice ('light', 'dark' or none: as the device says) is the only thing read.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem('colloque.theme');
  } catch {}
  const dark = chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
