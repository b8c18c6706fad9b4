package web

import (
	"crypto/sha256"
	"encoding/hex"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
)

// assets are the style sheet and the scripts. The address of each holds a part
// of its digest, so that a browser may keep it for ever.
type assets struct {
	at      string            // what their addresses begin with, "/assets/"
	byName  map[string]string // "style.css" → "style.1a2b3c4d.css"
	content map[string]asset  // by the name with the digest
}

type asset struct {
	media string
	body  []byte
}

// loadAssets reads the files of some folders. A mistake in them is one of ours,
// so it panics.
func loadAssets(at string, folders ...string) assets {
	a := assets{at: at, byName: map[string]string{}, content: map[string]asset{}}
	for _, folder := range folders {
		entries, err := files.ReadDir(folder)
		if err != nil {
			panic(err)
		}
		for _, e := range entries {
			body, err := files.ReadFile(folder + "/" + e.Name())
			if err != nil {
				panic(err)
			}
			sum, ext := sha256.Sum256(body), path.Ext(e.Name())
			hashed := strings.TrimSuffix(e.Name(), ext) + "." + hex.EncodeToString(sum[:4]) + ext
			a.byName[e.Name()] = hashed
			a.content[hashed] = asset{media: mime.TypeByExtension(ext), body: body}
		}
	}
	return a
}

// address is where a static file is. One that does not exist is a mistake of
// ours and panics.
func (a assets) address(name string) string {
	hashed, ok := a.byName[name]
	if !ok {
		panic("web: no static file " + name)
	}
	return a.at + hashed
}

// asset serves one static file.
func (s *site) asset(w http.ResponseWriter, r *http.Request) {
	found, ok := s.assets.content[r.PathValue("name")]
	if !ok {
		s.apologize(w, r, http.StatusNotFound, "error.not_found")
		return
	}
	w.Header().Set("Content-Type", found.media)
	w.Header().Set("Content-Length", strconv.Itoa(len(found.body)))
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	_, _ = w.Write(found.body) // a browser that went away is no error of ours
}
