package sip

import (
	"math/bits"

	"example.com/netanswer/mocks/ivr/voice"
)

// G.711 has two laws; sounds are kept in the one of Japan and America.
var (
	toALaw = func() (t [256]byte) {
		for i := range t {
			t[i] = encodeALaw(voice.Decode(byte(i)))
		}
		return t
	}()
	toULaw = func() (t [256]byte) {
		for i := range t {
			t[i] = voice.Encode(decodeALaw(byte(i)))
		}
		return t
	}()
)

// encodeALaw returns a linear sample of 16 bits as G.711 A-law writes it.
func encodeALaw(linear int16) byte {
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

// decodeALaw returns the linear sample of a byte of G.711 A-law.
func decodeALaw(b byte) int16 {
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
