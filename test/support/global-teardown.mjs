export default async () => globalThis.__kontorTestCluster?.stop();
