import type { Cataloguer } from '../../cataloguer.ts';

/** Published packages and fetched sources bring the workflows of their own development, which say nothing of the image. */
const isProject = (path: string) =>
  !/(?:^|\/)(?:node_modules|(?:site|dist)-packages|vendor|gems|pkg\/mod|registry\/src|\.git)\//.test(path);
const isWorkflow = (path: string) =>
  /(?:^|\/)\.(?:github|gitea|forgejo)\/workflows\/[^/]+$/.test(path) && isProject(path);

/**
 * Actions that workflows and composite actions use, named by their repository: `owner/name`. Actions in the repository itself are no
 * packages. https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
 */
export const githubActions: Cataloguer = {
  id: 'lang/github-actions',
  version: 1,
  files: [
    { folder: 'workflows', suffix: '.yml', test: isWorkflow },
    { folder: 'workflows', suffix: '.yaml', test: isWorkflow },
    { name: 'action.yml', test: isProject },
    { name: 'action.yaml', test: isProject },
  ],
  // What GitHub takes is far smaller: https://docs.github.com/en/actions/reference/limits
  maxBytes: 2 << 20,
  load: async () => (await import('./read-workflow.ts')).readWorkflow,
};
