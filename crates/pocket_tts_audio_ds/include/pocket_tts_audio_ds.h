/* The C functions that pocket-tts binds by ctypes, safe against wrong pointers and lengths as far as they can be seen.
 *
 * Samples are fractions of full scale between -1 and 1. Lengths are numbers of items. What returns a pointer returns a
 * new buffer, or NULL for a null or misaligned pointer with a length, sizes that do not fit, no points to interpolate,
 * and no memory; a length of 0 is allowed everywhere and its pointer is not followed. What returns a number returns
 * NaN in these cases. Buffers are given back with free_audio_buffer or free_float_buffer, either of them, whatever their
 * type; the length in that call is not used.
 */
#ifndef POCKET_TTS_AUDIO_DS_H
#define POCKET_TTS_AUDIO_DS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* rust_audio.py */
float *normalize_audio(const float *samples, size_t count, float gain); /* x / peak * 0.99 * gain */
float *apply_gain(const float *samples, size_t count, float gain);
float *resample_linear(const float *samples, size_t count, size_t target);
float *resample_sinc(const float *samples, size_t count, size_t target, int quality); /* 8, 12 or 16 */
float *int16_to_float32(const int16_t *samples, size_t count); /* x / 32768 */
int16_t *float32_to_int16(const float *samples, size_t count); /* clipped, x * 32767 cut; NaN: 0 */
float *apply_fade(const float *samples, size_t count, size_t fade_in, size_t fade_out); /* in samples */
float *log10_vec(const float *samples, size_t count);
float compute_rms(const float *samples, size_t count);
float compute_peak(const float *samples, size_t count);
void free_audio_buffer(float *samples, size_t count);

/* numpy_rs.py */
float *arange(float start, float stop, float step);
float *linspace(float start, float stop, size_t count);
float *zeros_vec(size_t count);
float *ones_vec(size_t count);
float *eye(size_t n); /* n * n items */
float *log_vec(const float *samples, size_t count);
float *clip_vec(const float *samples, size_t count, float low, float high);
float *power_vec(const float *samples, size_t count, float exponent);
float compute_min(const float *samples, size_t count);
float compute_std(const float *samples, size_t count);
float compute_var(const float *samples, size_t count);
float dot_vec(const float *a, size_t a_count, const float *b, size_t b_count);
float *matmul_2d(const float *a, size_t a_rows, size_t a_columns, const float *b, size_t b_rows, size_t b_columns);
float *reshape_vec(const float *data, size_t count, const size_t *shape); /* two numbers */
float *transpose_2d(const float *data, size_t rows, size_t columns);
float *concatenate(const float *const *vectors, const size_t *counts, size_t count);
float *interp(const float *x, size_t x_count, const float *xp, const float *fp, size_t count);
void free_float_buffer(float *data, size_t count);

#ifdef __cplusplus
}
#endif

#endif
