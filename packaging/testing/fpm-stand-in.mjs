#!/usr/bin/env node
/**
 * A stand-in for fpm, for checks on machines that cannot download it: takes the arguments that electron-builder gives
 * fpm, and packs by dpkg-deb or rpmbuild, without compression. Releases are made by fpm itself. An argument that it does not know is an
 * error, so that a check never passes on less than what was asked for.
 */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

const text = /** @type {const} */ ({ type: 'string' });
const list = /** @type {const} */ ({ type: 'string', multiple: true });
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    source: { ...text, short: 's' },
    target: { ...text, short: 't' },
    force: { type: 'boolean' },
    depends: { ...list, short: 'd' },
    'deb-recommends': list,
    conflicts: list,
    'deb-compression': text,
    'deb-priority': text,
    'rpm-compression': text,
    'rpm-os': text,
    'rpm-summary': text,
    architecture: text,
    'after-install': text,
    'after-remove': text,
    description: text,
    version: text,
    package: text,
    name: text,
    maintainer: text,
    vendor: text,
    url: text,
    category: text,
    license: text,
  },
});

/** @param {keyof typeof values} name */
function need(name) {
  const value = values[name];
  if (typeof value !== 'string') throw new Error(`fpm-stand-in: --${name} is missing`);
  return value;
}

const scratch = mkdtempSync(path.join(os.tmpdir(), 'fpm-stand-in-'));
try {
  const tree = path.join(scratch, 'tree');
  for (const mapping of positionals) place(mapping, tree);
  if (values.target === 'deb') deb(tree);
  else if (values.target === 'rpm') rpm(tree);
  else throw new Error(`fpm-stand-in: it packs deb and rpm, not ${values.target}`);
} finally {
  rmSync(scratch, { recursive: true });
}

/** @param {string} mapping `source=destination`; a source that ends with / is a folder's content @param {string} tree */
function place(mapping, tree) {
  const at = mapping.indexOf('=');
  const [source, destination] = [mapping.slice(0, at), path.join(tree, mapping.slice(at + 1))];
  mkdirSync(path.dirname(destination), { recursive: true });
  if (statSync(source).isDirectory()) cpSync(source, destination, { recursive: true, verbatimSymlinks: true });
  else copyFileSync(source, destination);
}

/** @param {string} folder @returns {string[]} files and links below it, as absolute paths within */
function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => `/${path.relative(folder, path.join(entry.parentPath, entry.name))}`);
}

/** @param {string} tree */
function deb(tree) {
  const size = filesBelow(tree).reduce((sum, file) => sum + lstatSync(path.join(tree, file)).size, 0);
  const [synopsis = '', ...rest] = need('description').split('\n');
  const fields = {
    Package: need('name'),
    Version: need('version'),
    Architecture: need('architecture'),
    Maintainer: need('maintainer'),
    Vendor: need('vendor'),
    License: need('license'),
    'Installed-Size': String(Math.ceil(size / 1024)),
    Depends: (values.depends ?? []).join(', '),
    Recommends: (values['deb-recommends'] ?? []).join(', '),
    Conflicts: (values.conflicts ?? []).join(', '),
    Section: need('category'),
    Priority: need('deb-priority'),
    Homepage: need('url'),
    Description: [synopsis, ...rest.map((line) => ` ${line.trim()}`)].join('\n'),
  };
  const control = path.join(tree, 'DEBIAN');
  mkdirSync(control);
  const lines = Object.entries(fields).filter(([, value]) => value !== '');
  writeFileSync(path.join(control, 'control'), `${lines.map(([name, value]) => `${name}: ${value}`).join('\n')}\n`);
  for (const [script, option] of /** @type {const} */ ([
    ['postinst', 'after-install'],
    ['postrm', 'after-remove'],
  ])) {
    copyFileSync(need(option), path.join(control, script));
    chmodSync(path.join(control, script), 0o755);
  }
  execFileSync('dpkg-deb', ['--root-owner-group', '-Znone', '--build', tree, need('package')], { stdio: 'inherit' });
}

/** @param {string} tree */
function rpm(tree) {
  const spec = path.join(scratch, 'package.spec');
  const script = (/** @type {'after-install' | 'after-remove'} */ option) =>
    execFileSync('cat', [need(option)], { encoding: 'utf8' });
  const lines = [
    '%global debug_package %{nil}',
    '%global __os_install_post %{nil}',
    '%global _binary_payload w0.gzdio',
    `Name: ${need('name')}`,
    `Version: ${need('version')}`,
    'Release: 1',
    `Summary: ${need('rpm-summary')}`,
    `License: ${need('license')}`,
    `Vendor: ${need('vendor')}`,
    `Packager: ${need('maintainer')}`,
    `URL: ${need('url')}`,
    `Group: ${need('category')}`,
    'AutoReqProv: no',
    ...(values.depends ?? []).map((name) => `Requires: ${name}`),
    ...(values.conflicts ?? []).map((name) => `Conflicts: ${name}`),
    '%description',
    need('description'),
    '%install',
    `cp -a ${tree}/. %{buildroot}/`,
    '%post',
    script('after-install'),
    '%postun',
    script('after-remove'),
    '%files',
    '%defattr(-,root,root,-)',
    ...filesBelow(tree).map((file) => `"${file}"`),
  ];
  writeFileSync(spec, `${lines.join('\n')}\n`);
  const output = path.join(scratch, 'rpms');
  const options = ['-bb', '--quiet', '--target', need('architecture'), '--define', `_topdir ${scratch}`];
  execFileSync(
    'rpmbuild',
    [...options, '--define', `_rpmdir ${output}`, '--buildroot', path.join(scratch, 'root'), spec],
    {
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  const [built = ''] = filesBelow(output);
  copyFileSync(path.join(output, built), need('package'));
}
