// What `HEALTHCHECK` runs: the image has no curl. Liveness, as for the kubelet: a dependency that is
// down is no reason to restart.
const url = `http://127.0.0.1:${process.env.PORT || 8080}/health`;
const answer = await fetch(url, { signal: AbortSignal.timeout(2500) }).catch(() => undefined);
process.exitCode = answer?.ok ? 0 : 1;
