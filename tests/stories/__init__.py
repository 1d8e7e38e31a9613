"""The main job from end to end, against a whole Assay, through what a person uses: pages and the API."""
