/** Whether a wheel brought this bill of the libraries in it. */
export function isOfWheel(path: string): boolean {
  return /\.dist-info\/sboms\/[^/]+$/.test(path);
}
