/*
 * msdktea in C, as templates/support/msdktea.go has it: the same frame, the same two loops, one allocation for each message. It is the
 * yardstick for the Go code and nothing else; "sh bench/tea/run.sh" compiles both and prints the ratio.
 *
 * Prints lines "encrypt/<size> <nanoseconds for a message>", the best of several runs, and a checksum to stderr, so that no compiler can
 * leave the work out.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROUNDS = 16, SALT = 2, TAIL = 7, BLOCK = 8 };
#define DELTA 0x9E3779B9u

static uint32_t load(const uint8_t *p) {
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static void store(uint8_t *p, uint32_t v) {
	p[0] = v >> 24, p[1] = v >> 16, p[2] = v >> 8, p[3] = v;
}

static void encrypt_blocks(uint8_t *b, size_t n, const uint32_t key[4]) {
	uint32_t k0 = key[0], k1 = key[1], k2 = key[2], k3 = key[3];
	uint32_t c0 = 0, c1 = 0, x0 = 0, x1 = 0;
	for (; n >= BLOCK; n -= BLOCK, b += BLOCK) {
		uint32_t p0 = load(b) ^ c0, p1 = load(b + 4) ^ c1;
		uint32_t v0 = p0, v1 = p1, sum = 0;
		for (int i = 0; i < ROUNDS; i++) {
			sum += DELTA;
			v0 += ((v1 << 4) + k0) ^ (v1 + sum) ^ ((v1 >> 5) + k1);
			v1 += ((v0 << 4) + k2) ^ (v0 + sum) ^ ((v0 >> 5) + k3);
		}
		c0 = v0 ^ x0, c1 = v1 ^ x1;
		x0 = p0, x1 = p1;
		store(b, c0), store(b + 4, c1);
	}
}

static void decrypt_blocks(uint8_t *to, const uint8_t *from, size_t n, const uint32_t key[4]) {
	uint32_t k0 = key[0], k1 = key[1], k2 = key[2], k3 = key[3];
	uint32_t c0 = 0, c1 = 0, x0 = 0, x1 = 0;
	for (; n >= BLOCK; n -= BLOCK, from += BLOCK, to += BLOCK) {
		uint32_t n0 = load(from), n1 = load(from + 4);
		uint32_t sum = DELTA * (uint32_t)ROUNDS;
		x0 ^= n0, x1 ^= n1;
		for (int i = 0; i < ROUNDS; i++) {
			x1 -= ((x0 << 4) + k2) ^ (x0 + sum) ^ ((x0 >> 5) + k3);
			x0 -= ((x1 << 4) + k0) ^ (x1 + sum) ^ ((x1 >> 5) + k1);
			sum -= DELTA;
		}
		store(to, x0 ^ c0), store(to + 4, x1 ^ c1);
		c0 = n0, c1 = n1;
	}
}

static uint8_t *encrypted(const uint8_t *plain, size_t n, const uint32_t key[4], size_t *size) {
	size_t pad = -(1 + SALT + n + TAIL) & 7, head = 1 + pad + SALT;
	uint8_t *out = malloc(*size = head + n + TAIL);
	if (!out) abort();
	memset(out, 0, head);
	out[0] = pad;
	memcpy(out + head, plain, n);
	memset(out + head + n, 0, TAIL);
	encrypt_blocks(out, *size, key);
	return out;
}

/* Returns the frame; the caller frees it. */
static uint8_t *decrypted(const uint8_t *cipher, size_t n, const uint32_t key[4]) {
	uint8_t *out = malloc(n), tail = 0;
	if (!out) abort();
	decrypt_blocks(out, cipher, n, key);
	for (size_t i = n - TAIL; i < n; i++) tail |= out[i];
	if (tail || 1u + (out[0] & 7) + SALT + TAIL > n) abort();
	return out;
}

static double now(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return 1e9 * (double)t.tv_sec + (double)t.tv_nsec;
}

int main(void) {
	static const size_t sizes[] = {150, 64 << 10};
	const uint32_t key[4] = {0x30313233, 0x34353637, 0x38396162, 0x63646566};
	unsigned long check = 0;
	for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
		size_t n = sizes[s], size;
		long calls = 1000000 / (long)n + 1; /* about 7 ms */
		uint8_t *plain = malloc(n);
		if (!plain) abort();
		memset(plain, 'x', n);
		uint8_t *cipher = encrypted(plain, n, key, &size);
		double best[2] = {1e18, 1e18};
		for (int run = 0; run < 20; run++) {
			double start = now();
			for (long i = 0; i < calls; i++) {
				uint8_t *out = encrypted(plain, n, key, &size);
				check += out[size - 1];
				free(out);
			}
			double middle = now();
			for (long i = 0; i < calls; i++) {
				uint8_t *out = decrypted(cipher, size, key);
				check += out[12];
				free(out);
			}
			double end = now();
			if ((middle - start) / (double)calls < best[0]) best[0] = (middle - start) / (double)calls;
			if ((end - middle) / (double)calls < best[1]) best[1] = (end - middle) / (double)calls;
		}
		printf("encrypt/%zu %.1f\ndecrypt/%zu %.1f\n", n, best[0], n, best[1]);
		free(plain);
		free(cipher);
	}
	fprintf(stderr, "%lu\n", check);
	return 0;
}
