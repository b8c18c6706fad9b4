package provision

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// findFont returns a family that has Japanese letters, as fontconfig
// tells it; Chromium asks the same. Other systems than Linux bring their own.
func (p *Place) findFont(ctx context.Context) (string, error) {
	if p.OS != "linux" {
		return "the system's own", nil
	}
	if _, err := p.Look("fc-list"); err != nil {
		return "", fmt.Errorf("no Japanese font known: %w", err)
	}
	out, err := p.Run(ctx, Command{Name: "fc-list", Args: []string{":lang=ja", "family"}})
	if err != nil {
		return "", fmt.Errorf("no Japanese font known: %w", err)
	}
	// A line is a font: its names in several languages, parted by commas.
	for line := range strings.Lines(out) {
		family, _, _ := strings.Cut(strings.TrimSpace(line), ",")
		if family != "" {
			return family, nil
		}
	}
	return "", errors.New("no Japanese font: fc-list :lang=ja lists nothing")
}

func (i *Installer) installFonts(ctx context.Context) error {
	err := i.Apt(ctx, "fonts", "fontconfig", "fonts-noto-cjk")
	if err == nil {
		return nil
	}
	return &MissingError{Item: "fonts", Tried: []error{err}, Instruction: "" +
		"On Debian or Ubuntu type:  sudo apt-get update && sudo apt-get install -y fontconfig fonts-noto-cjk\n" +
		"elsewhere install any font that fc-list :lang=ja then lists, and run setup again."}
}

// planFonts tells what installFonts would do.
func (i *Installer) planFonts() string { return i.planApt("fontconfig", "fonts-noto-cjk") }
