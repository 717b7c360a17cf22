// Preloaded into a process of ours: an error that nobody handles, on demand.
process.on('SIGUSR2', () => void Promise.reject(new Error('nobody handles this')));
