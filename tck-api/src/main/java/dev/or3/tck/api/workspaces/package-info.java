/**
 * The workspaces component: users, workspaces, memberships and the active workspace.
 * The names of record components are the exact JSON names.
 */
package dev.or3.tck.api.workspaces;
