/** Whether a file is of a project, not of a package that is there with metadata. */
export function isProjectFile(path: string): boolean {
  return !/(?:^|\/)(?:(?:site|dist)-packages|node_modules|vendor|gems)\//.test(path);
}
