//! Watching a program run: the profile before the translation, and the proof after it.
