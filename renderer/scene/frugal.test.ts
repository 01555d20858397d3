import { BoxGeometry, Group, Mesh, MeshBasicMaterial, ShaderMaterial } from "three";
import { expect, test } from "vitest";
import { Frugality } from "./frugal.ts";

const meshWith = (material: ShaderMaterial): Mesh => new Mesh(new BoxGeometry(), material);

test("shaders are told once when the processor draws, and once when it does no longer", () => {
  const material = new ShaderMaterial({ defines: { LIVE: "" } });
  const root = new Group().add(meshWith(material), new Mesh(new BoxGeometry(), new MeshBasicMaterial()));
  const frugality = new Frugality(root);
  const began = material.version;
  frugality.follow(true);
  frugality.follow(true);
  expect(material.defines).toEqual({ LIVE: "", FRUGAL: "" });
  expect(material.version).toBe(began + 1);
  frugality.follow(false);
  expect(material.defines).toEqual({ LIVE: "" });
  expect(material.version).toBe(began + 2);
});

test("what is added later is told too", () => {
  const root = new Group();
  const frugality = new Frugality(root);
  frugality.follow(true);
  const late = new ShaderMaterial();
  root.add(meshWith(late));
  frugality.follow(true);
  expect("FRUGAL" in late.defines).toBe(true);
});

test("where a device draws, nothing is looked at", () => {
  const material = new ShaderMaterial();
  const frugality = new Frugality(new Group().add(meshWith(material)));
  frugality.follow(false);
  expect(material.version).toBe(0);
  expect("FRUGAL" in material.defines).toBe(false);
});

test("what only a graphics card draws is hidden where the processor does", () => {
  const mesh = meshWith(new ShaderMaterial());
  mesh.userData["fullOnly"] = true;
  const frugality = new Frugality(new Group().add(mesh));
  frugality.follow(true);
  expect(mesh.visible).toBe(false);
  frugality.follow(false);
  expect(mesh.visible).toBe(true);
});
