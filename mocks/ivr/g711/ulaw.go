// Package g711 is the sound of telephones as ITU-T G.711 writes it: a byte a
// sample, 8,000 a second, in either of its two laws.
package g711

import "math/bits"

// Rate is how many samples a second are made of: G.711 has one of a byte.
const Rate = 8000

const (
	bias = 0x84
	clip = 32635
)

// Silence is the u-law sample of no sound.
const Silence = 0xFF

// EncodeULaw returns a linear sample of 16 bits as G.711 u-law writes it.
func EncodeULaw(linear int16) byte {
	sample, sign := int(linear), byte(0)
	if sample < 0 {
		sample, sign = -sample, 0x80
	}
	sample = min(sample, clip) + bias
	exponent := bits.Len(uint(sample)) - 8 // bias makes a sample of 8 bits at least
	mantissa := byte(sample>>(exponent+3)) & 0x0F
	return ^(sign | byte(exponent)<<4 | mantissa)
}

// DecodeULaw returns the linear sample of a byte of G.711 u-law.
func DecodeULaw(b byte) int16 {
	b = ^b
	sample := (int(b&0x0F)<<3+bias)<<(b>>4&0x07) - bias
	if b&0x80 != 0 {
		return int16(-sample)
	}
	return int16(sample)
}
