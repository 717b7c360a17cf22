// Preloaded into a process of ours: says on stderr when it begins to listen to SIGTERM.
process.on('newListener', (event) => {
  if (event === 'SIGTERM') process.stderr.write('hears SIGTERM\n');
});
