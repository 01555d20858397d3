/** How well the scene is drawn on this machine (docs/SCENE.md, A weak machine). */
export const enPicture = {
  "picture.step.label": "Drawing",
  "picture.step.wall": "full",
  "picture.step.desktop": "desktop",
  "picture.step.laptop": "laptop",
  "picture.step.software": "software",
  "picture.step.auto": "Found by measuring this machine.",
  "picture.step.chosen": "Chosen by hand.",
  "picture.reduced.wall": "Nothing is reduced, at rest or in motion.",
  "picture.reduced.desktop":
    "Fewer pixels while the view moves and frames come late; the full picture at rest.",
  "picture.reduced.laptop":
    "Three quarters of the pixels or fewer while the view moves; the full picture at rest.",
  "picture.reduced.software":
    "The processor draws: while the view moves, a third of the pixels or fewer, and trees and solar tables are left out; rotors stand, and values reach the picture less often. At rest the picture is full again. Colours of values are exact throughout.",
  "picture.next": "Click to choose another step.",
} as const;
