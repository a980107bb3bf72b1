// The container is well when its own process says so; what runs elsewhere is no reason to restart it. Exits with 1 otherwise, also without an answer.
const port = process.env.HEALTH_PORT || process.env.PORT || '4000';
const response = await fetch(`http://127.0.0.1:${port}/health/process`, { signal: AbortSignal.timeout(4_000) });
process.exitCode = response.ok ? 0 : 1;
