package browser

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
)

// hidden stands where something was taken away.
const hidden = "***"

// scrub takes from a trace of Playwright's what may be secret: all that was
// typed, chosen or sent, what scripts answered, cookies, queries of addresses,
// the documents as they were received, and codes where they stand by
// themselves on a page. What it does not know is left out, not let through.
func scrub(trace []byte, secrets []string) ([]byte, error) {
	from, err := zip.NewReader(bytes.NewReader(trace), int64(len(trace)))
	if err != nil {
		return nil, fmt.Errorf("read a trace: %w", err)
	}
	c := &cleaner{secrets: secrets, keys: map[string]bool{}}
	var out bytes.Buffer
	to := zip.NewWriter(&out)
	for _, f := range from.File {
		if err := c.entry(to, f); err != nil {
			return nil, fmt.Errorf("trace, %s: %w", f.Name, err)
		}
	}
	if err := to.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

type cleaner struct {
	secrets []string
	keys    map[string]bool // the calls that pressed a key of a software keyboard
}

// looks are what a page looks like beside its document.
var looks = []string{".css", ".js", ".png", ".jpeg", ".gif", ".svg", ".webp", ".ico", ".woff", ".woff2", ".ttf"}

func (c *cleaner) entry(to *zip.Writer, f *zip.File) error {
	var clean func(line map[string]any) bool
	switch {
	case f.Name == "trace.trace":
		clean = c.happening
	case f.Name == "trace.network":
		clean = c.exchange
	case !strings.HasPrefix(f.Name, "resources/") || !slices.Contains(looks, path.Ext(f.Name)):
		return nil
	}
	in, err := f.Open()
	if err != nil {
		return err
	}
	data, err := io.ReadAll(in)
	if err != nil {
		return err
	}
	if clean != nil {
		if data, err = c.lines(data, clean); err != nil {
			return err
		}
	}
	w, err := to.Create(f.Name)
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}

// lines cleans JSON, an object a line, and drops those it is told to.
func (c *cleaner) lines(data []byte, clean func(map[string]any) bool) ([]byte, error) {
	var out bytes.Buffer
	for in := json.NewDecoder(bytes.NewReader(data)); ; {
		var line map[string]any
		if err := in.Decode(&line); err == io.EOF {
			return out.Bytes(), nil
		} else if err != nil {
			return nil, err
		}
		if !clean(line) {
			continue
		}
		text, err := json.Marshal(c.told(line))
		if err != nil {
			return nil, err
		}
		out.Write(append(text, '\n'))
	}
}

// told hides the secrets in every text there is.
func (c *cleaner) told(v any) any {
	switch v := v.(type) {
	case string:
		for _, secret := range c.secrets {
			v = strings.ReplaceAll(v, secret, hidden)
		}
		return v
	case []any:
		for i := range v {
			v[i] = c.told(v[i])
		}
	case map[string]any:
		for name := range v {
			v[name] = c.told(v[name])
		}
	}
	return v
}
