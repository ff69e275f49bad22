import type { Cataloguer } from '../../cataloguer.ts';

/**
 * Providers that Terraform and OpenTofu lock, under their full address: `registry.example.org/acme/lamp`. Modules are not locked.
 * https://developer.hashicorp.com/terraform/language/files/dependency-lock
 */
export const terraform: Cataloguer = {
  id: 'lang/terraform',
  version: 1,
  files: [{ name: '.terraform.lock.hcl' }],
  maxBytes: 4 << 20,
  load: async () => (await import('./read-terraform-lock.ts')).readTerraformLock,
};
