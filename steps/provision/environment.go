package provision

import (
	"os"
	"strings"
)

// Environment is what the browser is to be started in: that of this process, and
// the variable that Chromium else sets itself, in one thread while others read.
// Where the list of variables has to grow for it, it moves, and now and then a
// browser dies in getenv before its first page; what is there stays in its place.
func (b Browser) Environment() map[string]string {
	all := map[string]string{"FC_FONTATIONS": "1"}
	for _, variable := range os.Environ() {
		name, value, _ := strings.Cut(variable, "=")
		all[name] = value
	}
	return all
}
