import { BoxGeometry, Group, Mesh, MeshBasicMaterial } from "three";
import { describe, expect, it } from "vitest";
import { createCampusState } from "#renderer/data/campus.ts";
import { campusTwin } from "#renderer/data/campus-twin.fixture.ts";
import type { SiteClock } from "#renderer/data/clock.ts";
import { CampusRenderer } from "./campus/campusRenderer.ts";
import { Thrift } from "./thrift.ts";

describe("what rests while a weak machine moves the camera", () => {
  it("is costly scenery, never data, and all of it comes back", () => {
    const state = createCampusState(campusTwin(), { nowMs: () => 0 } as unknown as SiteClock);
    const campus = new CampusRenderer(state, 2048);
    const before: Mesh[] = [];
    campus.root.traverseVisible((object) => {
      if ((object as Mesh).isMesh) before.push(object as Mesh);
    });
    const thrift = new Thrift(campus.root);
    thrift.lean(true);
    const hidden = before.filter((mesh) => !mesh.visible);
    expect(hidden.length).toBeGreaterThan(0);
    for (const mesh of hidden) expect(mesh.renderOrder).toBeLessThan(300);
    // Halls are no scenery that may rest: what their names and values stand over is then gone.
    expect(hidden.some((mesh) => mesh.geometry.hasAttribute("aInset"))).toBe(false);
    thrift.lean(false);
    expect(before.every((mesh) => mesh.visible)).toBe(true);
  });

  it("spares what asks to be kept, and does not wake what was hidden before", () => {
    const heavy = (): Mesh => new Mesh(new BoxGeometry(1, 1, 1, 70, 70, 70), new MeshBasicMaterial());
    const [rests, kept, hidden, data] = [heavy(), heavy(), heavy(), heavy()];
    kept.userData["keep"] = true;
    hidden.visible = false;
    data.renderOrder = 310;
    const root = new Group().add(rests, kept, hidden, data);
    const thrift = new Thrift(root);
    thrift.lean(true);
    expect([rests, kept, hidden, data].map(({ visible }) => visible)).toEqual([false, true, false, true]);
    thrift.lean(false);
    expect([rests, kept, hidden, data].map(({ visible }) => visible)).toEqual([true, true, false, true]);
  });

  it("leaves out what says that it rests, and no data that says so", () => {
    const light = (order: number): Mesh => {
      const mesh = new Mesh(new BoxGeometry(), new MeshBasicMaterial());
      mesh.renderOrder = order;
      mesh.userData["rests"] = true;
      return mesh;
    };
    const [scenery, data] = [light(120), light(300)];
    new Thrift(new Group().add(scenery, data)).lean(true);
    expect([scenery.visible, data.visible]).toEqual([false, true]);
  });

  it("has what has a plainer material for moves wear it, and its own again afterwards", () => {
    const [own, plain] = [new MeshBasicMaterial(), new MeshBasicMaterial()];
    const mesh = new Mesh(new BoxGeometry(), own);
    mesh.userData["lean"] = plain;
    const thrift = new Thrift(new Group().add(mesh));
    thrift.lean(true);
    expect(mesh.material).toBe(plain);
    thrift.lean(false);
    expect(mesh.material).toBe(own);
  });
});
