package page

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
)

// Assets are style sheets and scripts. The address of each holds a part of its
// digest, so that a browser may keep it for ever.
type Assets struct {
	at      string            // what their addresses begin with, "/assets/"
	byName  map[string]string // "style.css" → "style.1a2b3c4d.css"
	content map[string]asset  // by the name with the digest
}

type asset struct {
	media string
	body  []byte
}

// NewAssets returns no assets yet, of addresses that begin with at.
func NewAssets(at string) Assets {
	return Assets{at: at, byName: map[string]string{}, content: map[string]asset{}}
}

// Load adds the files of a folder. A mistake in them is one of ours, so it
// panics; two files of one name are a mistake.
func (a Assets) Load(from fs.FS, folder string) {
	entries, err := fs.ReadDir(from, folder)
	if err != nil {
		panic(err)
	}
	for _, e := range entries {
		body, err := fs.ReadFile(from, folder+"/"+e.Name())
		if err != nil {
			panic(err)
		}
		if _, twice := a.byName[e.Name()]; twice {
			panic("page: two static files are called " + e.Name())
		}
		sum, ext := sha256.Sum256(body), path.Ext(e.Name())
		hashed := strings.TrimSuffix(e.Name(), ext) + "." + hex.EncodeToString(sum[:4]) + ext
		a.byName[e.Name()] = hashed
		a.content[hashed] = asset{media: mime.TypeByExtension(ext), body: body}
	}
}

// Address is where a static file is. One that does not exist is a mistake of
// ours and panics.
func (a Assets) Address(name string) string {
	hashed, ok := a.byName[name]
	if !ok {
		panic("page: no static file " + name)
	}
	return a.at + hashed
}

// Serve writes the static file of a request's {name}, and tells whether there
// is one.
func (a Assets) Serve(w http.ResponseWriter, r *http.Request) bool {
	found, ok := a.content[r.PathValue("name")]
	if !ok {
		return false
	}
	w.Header().Set("Content-Type", found.media)
	w.Header().Set("Content-Length", strconv.Itoa(len(found.body)))
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	_, _ = w.Write(found.body) // a browser that went away is no error of ours
	return true
}

// Asset serves one static file: the one that {name} of the route names.
func (f *Site) Asset(w http.ResponseWriter, r *http.Request) {
	if !f.assets.Serve(w, r) {
		f.Apologize(w, r, http.StatusNotFound, "error.not_found")
	}
}
