/** `requirements.txt`, `requirements-dev.txt`, `dev_requirements.txt`, and any text file in a folder `requirements`. */
export function isRequirements(path: string): boolean {
  return (
    /(?:^|\/)(?:[^/]{1,200}[-_.])?requirements(?:[-_.][^/]{1,200})?\.txt$/i.test(path) ||
    /(?:^|\/)requirements\/[^/]{1,200}\.txt$/.test(path)
  );
}

const developmentNames = new Set([
  'dev',
  'develop',
  'development',
  'test',
  'tests',
  'testing',
  'lint',
  'typing',
  'doc',
  'docs',
]);

/** Whether a group of dependencies is, by its name, not needed to run the project. */
export function isDevelopmentGroup(group: string): boolean {
  return developmentNames.has(group.toLowerCase());
}

/** Whether the name of a requirements file says that it is for development. */
export function isForDevelopment(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1, -'.txt'.length);
  return name.split(/[-_.]/).some(isDevelopmentGroup);
}
