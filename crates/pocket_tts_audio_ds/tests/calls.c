/* Calls every function of the library, and each with pointers and lengths that it must refuse. */
#include "pocket_tts_audio_ds.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static int failures;

#define CHECK(condition)                                              \
  do {                                                                \
    if (!(condition)) {                                               \
      printf("line %d: %s does not hold\n", __LINE__, #condition);    \
      failures++;                                                     \
    }                                                                 \
  } while (0)

/* Whether a buffer has these items; takes it back. */
static int holds(float *got, const float *wanted, size_t count) {
  int same = got != NULL;
  for (size_t i = 0; same && i < count; i++) same = fabsf(got[i] - wanted[i]) <= 1e-6f;
  free_float_buffer(got, count);
  return same;
}

#define HOLDS(call, ...)                                                      \
  do {                                                                        \
    const float wanted[] = {__VA_ARGS__};                                     \
    CHECK(holds(call, wanted, sizeof wanted / sizeof *wanted));               \
  } while (0)

static void sound(void) {
  const float x[] = {0.0f, 0.5f, -0.25f, 0.25f};
  HOLDS(normalize_audio(x, 4, 1.0f), 0.0f, 0.99f, -0.495f, 0.495f);
  HOLDS(normalize_audio(x, 1, 1.0f), 0.0f);
  HOLDS(apply_gain(x, 4, 2.0f), 0.0f, 1.0f, -0.5f, 0.5f);
  HOLDS(resample_linear(x, 4, 7), 0.0f, 0.25f, 0.5f, 0.125f, -0.25f, 0.0f, 0.25f);
  HOLDS(apply_fade(x, 4, 2, 0), 0.0f, 0.5f, -0.25f, 0.25f);
  HOLDS(apply_fade(x, 4, 0, 1000000), 0.0f, 1.0f / 3, -0.25f / 3, 0.0f);
  float *sinc = resample_sinc(x, 4, 9, 8);
  CHECK(sinc != NULL);
  free_audio_buffer(sinc, 9);
  const int16_t numbers[] = {-32768, 0, 16384};
  HOLDS(int16_to_float32(numbers, 3), -1.0f, 0.0f, 0.5f);
  const float odd[] = {2.0f, -2.0f, NAN, 0.5f};
  int16_t *pcm = float32_to_int16(odd, 4);
  CHECK(pcm && pcm[0] == 32767 && pcm[1] == -32767 && pcm[2] == 0 && pcm[3] == 16383);
  free_audio_buffer((float *)pcm, 4);
  CHECK(fabsf(compute_rms(x, 4) - 0.30618623f) < 1e-6f);
  CHECK(compute_peak(x, 4) == 0.5f);
  const float tens[] = {1.0f, 100.0f};
  HOLDS(log10_vec(tens, 2), 0.0f, 2.0f);
}

static void numbers(void) {
  const float x[] = {1.0f, 2.0f, 3.0f, 4.0f, 5.0f, 6.0f};
  HOLDS(arange(0.0f, 1.0f, 0.25f), 0.0f, 0.25f, 0.5f, 0.75f);
  HOLDS(linspace(0.0f, 1.0f, 3), 0.0f, 0.5f, 1.0f);
  HOLDS(zeros_vec(2), 0.0f, 0.0f);
  HOLDS(ones_vec(2), 1.0f, 1.0f);
  HOLDS(eye(2), 1.0f, 0.0f, 0.0f, 1.0f);
  HOLDS(log_vec(x, 1), 0.0f);
  HOLDS(clip_vec(x, 3, 1.5f, 2.5f), 1.5f, 2.0f, 2.5f);
  HOLDS(power_vec(x, 3, 2.0f), 1.0f, 4.0f, 9.0f);
  CHECK(compute_min(x, 6) == 1.0f);
  CHECK(fabsf(compute_var(x, 6) - 35.0f / 12) < 1e-6f);
  CHECK(fabsf(compute_std(x, 6) - 1.7078251f) < 1e-6f);
  CHECK(dot_vec(x, 3, x + 3, 3) == 32.0f);
  HOLDS(matmul_2d(x, 2, 3, x, 3, 2), 22.0f, 28.0f, 49.0f, 64.0f);
  HOLDS(transpose_2d(x, 2, 3), 1.0f, 4.0f, 2.0f, 5.0f, 3.0f, 6.0f);
  const size_t shape[] = {3, 2}, wrong[] = {4, 2};
  HOLDS(reshape_vec(x, 6, shape), 1.0f, 2.0f, 3.0f, 4.0f, 5.0f, 6.0f);
  CHECK(reshape_vec(x, 6, wrong) == NULL);
  const float *vectors[] = {x, x + 4};
  const size_t counts[] = {1, 2};
  HOLDS(concatenate(vectors, counts, 2), 1.0f, 5.0f, 6.0f);
  const float at[] = {0.0f, 1.5f, 9.0f};
  HOLDS(interp(at, 3, x, x + 3, 3), 4.0f, 4.5f, 6.0f);
}

static void refused(void) {
  const float x[] = {1.0f, 2.0f};
  const size_t huge = SIZE_MAX / 2;
  const float *askew = (const float *)((const char *)x + 1);
  CHECK(normalize_audio(NULL, 4, 1.0f) == NULL);
  CHECK(apply_gain(askew, 1, 1.0f) == NULL);
  CHECK(apply_gain(x, SIZE_MAX, 1.0f) == NULL);
  CHECK(resample_linear(x, 2, huge) == NULL);
  CHECK(resample_linear(NULL, 0, 3) == NULL);
  CHECK(resample_sinc(x, 2, huge, 8) == NULL);
  CHECK(resample_sinc(NULL, 0, 3, 8) == NULL);
  CHECK(int16_to_float32(NULL, 1) == NULL);
  CHECK(float32_to_int16(NULL, 1) == NULL);
  CHECK(apply_fade(NULL, 1, 1, 1) == NULL);
  CHECK(log10_vec(NULL, 1) == NULL);
  CHECK(isnan(compute_rms(NULL, 1)) && isnan(compute_rms(NULL, 0)));
  CHECK(isnan(compute_peak(NULL, 1)) && isnan(compute_peak(NULL, 0)));
  CHECK(arange(0.0f, 1.0f, 0.0f) == NULL && arange(0.0f, NAN, 1.0f) == NULL);
  CHECK(zeros_vec(SIZE_MAX) == NULL && ones_vec(huge) == NULL && eye(SIZE_MAX) == NULL);
  CHECK(linspace(0.0f, 1.0f, SIZE_MAX) == NULL);
  CHECK(isnan(dot_vec(x, 2, x, 1)) && isnan(dot_vec(NULL, 2, x, 2)));
  CHECK(matmul_2d(x, 1, 2, x, 1, 2) == NULL && matmul_2d(x, huge, 4, x, 4, huge) == NULL);
  CHECK(transpose_2d(NULL, 1, 1) == NULL && transpose_2d(x, huge, 8) == NULL);
  CHECK(reshape_vec(x, 2, NULL) == NULL);
  CHECK(concatenate(NULL, NULL, 1) == NULL);
  const float *vectors[] = {x, NULL};
  const size_t counts[] = {2, 2}, large[] = {SIZE_MAX, 2};
  CHECK(concatenate(vectors, counts, 2) == NULL && concatenate(vectors, large, 2) == NULL);
  CHECK(interp(x, 2, x, x, 0) == NULL && interp(x, 2, NULL, x, 2) == NULL);
  free_audio_buffer(NULL, 5);
  free_float_buffer(NULL, 5);
  float *empty = apply_gain(NULL, 0, 1.0f);
  CHECK(empty != NULL);
  free_audio_buffer(empty, 12345);
}

int main(void) {
  for (int round = 0; round < 100; round++) {
    sound();
    numbers();
    refused();
  }
  printf("%d failures\n", failures);
  return failures ? EXIT_FAILURE : EXIT_SUCCESS;
}
