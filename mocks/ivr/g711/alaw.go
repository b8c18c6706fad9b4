package g711

import "math/bits"

// ToALaw and ToULaw write a sample of one law in the other.
var (
	ToALaw = func() (t [256]byte) {
		for i := range t {
			t[i] = EncodeALaw(DecodeULaw(byte(i)))
		}
		return t
	}()
	ToULaw = func() (t [256]byte) {
		for i := range t {
			t[i] = EncodeULaw(DecodeALaw(byte(i)))
		}
		return t
	}()
)

// EncodeALaw returns a linear sample of 16 bits as G.711 A-law writes it.
func EncodeALaw(linear int16) byte {
	sample, sign := int(linear)>>3, byte(0x80)
	if sample < 0 {
		sample, sign = -sample-1, 0
	}
	code := byte(sample >> 1)
	if sample >= 32 {
		exponent := bits.Len(uint(sample)) - 5
		code = byte(exponent)<<4 | byte(sample>>exponent)&0x0F
	}
	return (sign | code) ^ 0x55
}

// DecodeALaw returns the linear sample of a byte of G.711 A-law.
func DecodeALaw(b byte) int16 {
	b ^= 0x55
	exponent, sample := int(b>>4&7), int(b&0x0F)<<4+8
	if exponent > 0 {
		sample = (sample + 0x100) << (exponent - 1)
	}
	if b&0x80 == 0 {
		sample = -sample
	}
	return int16(sample)
}
