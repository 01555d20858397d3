import { Canvas, useFrame, useThree } from "@react-three/fiber";
import { useEffect, useRef } from "react";
import { ACESFilmicToneMapping, type PerspectiveCamera } from "three";
import type { CampusState } from "#renderer/data/state.ts";
import type { ViewStore } from "#renderer/stores/view.ts";
import type { Twin } from "#twins/model/twin.ts";
import type { SceneHandle } from "./handle.ts";
import { Stage } from "./stage.ts";

export interface SceneProps {
  readonly twin: Twin;
  readonly state: CampusState;
  readonly view: ViewStore;
  /** Called once the canvas has its renderer and the campus stands. */
  readonly onReady: (handle: SceneHandle) => void;
}

const camera = { fov: 38, near: 1, far: 30_000 } as const;

/** The one canvas of the window; it never unmounts while a twin is shown. */
export const Scene = (props: SceneProps) => (
  <Canvas
    frameloop="demand"
    camera={camera}
    dpr={[1, 2]}
    gl={{
      antialias: true,
      alpha: false,
      powerPreference: "high-performance",
      toneMapping: ACESFilmicToneMapping,
      toneMappingExposure: 1,
    }}
    style={{ position: "absolute", inset: 0 }}
  >
    <Campus {...props} />
  </Canvas>
);

/** Joins the imperative stage to the canvas: made once, drawn by the demand loop, never re-rendered by React. */
const Campus = ({ state, view, onReady }: SceneProps) => {
  const { gl, scene, camera, invalidate, setDpr } = useThree();
  const stage = useRef<Stage | null>(null);
  const ready = useRef(onReady);
  ready.current = onReady;
  useEffect(() => {
    const made = new Stage({
      gl,
      scene,
      camera: camera as PerspectiveCamera,
      state,
      view,
      invalidate: () => invalidate(),
      setPixelRatio: setDpr,
    });
    stage.current = made;
    ready.current(made);
    invalidate();
    return () => {
      stage.current = null;
      made.dispose();
    };
  }, [gl, scene, camera, invalidate, setDpr, state, view]);
  // A positive priority hands drawing to us.
  useFrame(() => stage.current?.draw(), 1);
  return null;
};
