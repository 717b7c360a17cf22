/** Whether an HTTP service answers with a status below 500. */
export async function answersHttp(url: string, signal: AbortSignal): Promise<boolean> {
  try {
    const response = await fetch(url, { method: 'HEAD', redirect: 'manual', signal });
    await response.body?.cancel();
    return response.status < 500;
  } catch {
    return false;
  }
}
