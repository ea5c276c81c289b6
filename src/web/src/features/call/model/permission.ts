/** Whether the browser is going to ask before it opens these; where it does not tell, it counts as if it did. */
export async function willAsk(camera: boolean): Promise<boolean> {
  const names = camera ? ['microphone', 'camera'] : ['microphone'];
  const states = await Promise.all(
    names.map((name) =>
      navigator.permissions?.query({ name: name as PermissionName }).then(
        ({ state }) => state,
        () => 'prompt',
      ),
    ),
  );
  return states.some((state) => state !== 'granted' && state !== 'denied');
}
