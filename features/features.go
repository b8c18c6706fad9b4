// Package features is the promises of the service, in Japanese: what the guide
// documents and what is assumed where it is silent. It embeds itself, so that
// one binary carries them.
package features

import "embed"

// Files holds web/, app/ and providers/.
//
//go:embed app providers web
var Files embed.FS

// Root is the folder that reports show before the names of the files.
const Root = "features"
