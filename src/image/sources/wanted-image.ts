/**
 * Picks what `PATH:WANTED` means among images with names: those with just that name, else those whose tag it is, or whose name
 * it is as engines show it, without `docker.io/library/` or podman's `localhost/`.
 */
export function imagesMeantBy<T>(images: readonly T[], wanted: string, namesOf: (image: T) => readonly string[]): T[] {
  const exact = images.filter((image) => namesOf(image).includes(wanted));
  if (exact.length > 0) return exact;
  const familiar = toFamiliar(wanted);
  return images.filter((image) =>
    namesOf(image).some((name) => name.endsWith(`:${wanted}`) || toFamiliar(name) === familiar),
  );
}

function toFamiliar(name: string): string {
  return name.replace(/^(?:localhost|(?:index\.)?docker\.io(?:\/library)?)\//, '');
}
