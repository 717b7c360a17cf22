/* oxlint-disable no-console -- the noise itself */
// Preloaded into a process of ours: what packages write as plain text, once the process is up.
setTimeout(() => {
  process.emitWarning('first line\nsecond line', 'DeprecationWarning', 'DEP_NOISY');
  setTimeout(() => undefined, 2 ** 31);
  console.log('noise by console.log\nof two lines');
  console.error('noise by console.error: %s', 'value');
}, 3000);
