// Sets the colour scheme before anything is drawn; app/theme/scheme.ts reads and writes the same key.
(() => {
  let chosen;
  try {
    chosen = localStorage.getItem('kontor.scheme');
  } catch {
    // a browser without storage follows the system
  }
  const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
