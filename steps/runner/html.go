package runner

import (
	"bufio"
	"bytes"
	"cmp"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	messages "github.com/cucumber/messages/go/v34"
)

// HTMLFormatterVersion is the version of npm @cucumber/html-formatter whose files
// stand in html/ as they were published, with their licences. The report is that
// template with the messages put in: it needs no network, and no Node.
const HTMLFormatterVersion = "24.2.0"

//go:embed html/index.mustache html/main.js html/main.css html/icon.url html/LICENSE html/main.js.LICENSE.txt
var htmlAssets embed.FS

// maxPictures bounds the attachments in the HTML, in characters, where Reports
// says nothing: a browser has to load them all at once.
const maxPictures = 48 << 20

// writeHTML makes report.html of the messages in dir.
func writeHTML(dir string, pictures int) (err error) {
	fail := func(err error) error { return fmt.Errorf("write report.html: %w", err) }
	template, err := htmlAssets.ReadFile("html/index.mustache")
	if err != nil {
		return fail(err)
	}
	in, err := os.Open(filepath.Join(dir, messagesFile))
	if err != nil {
		return fail(err)
	}
	defer in.Close()
	file, err := os.Create(filepath.Join(dir, "report.html"))
	if err != nil {
		return fail(err)
	}
	out := bufio.NewWriter(file)
	err = fill(out, string(template), map[string]func(io.Writer) error{
		"title":         text("netanswer"),
		"icon":          asset("html/icon.url"),
		"css":           asset("html/main.css"),
		"custom_css":    text(""),
		"messages":      func(w io.Writer) error { return listMessages(w, in, cmp.Or(pictures, maxPictures)) },
		"script":        asset("html/main.js"),
		"custom_script": text(""),
	})
	if err := errors.Join(err, out.Flush(), file.Close()); err != nil {
		return fail(err)
	}
	return nil
}

func text(s string) func(io.Writer) error {
	return func(w io.Writer) error { _, err := io.WriteString(w, s); return err }
}

func asset(name string) func(io.Writer) error {
	return func(w io.Writer) error {
		content, err := htmlAssets.ReadFile(name)
		if err == nil {
			_, err = w.Write(content)
		}
		return err
	}
}

// fill writes the template with every {{name}} replaced.
func fill(out io.Writer, template string, values map[string]func(io.Writer) error) error {
	for {
		before, rest, more := strings.Cut(template, "{{")
		if _, err := io.WriteString(out, before); err != nil || !more {
			return err
		}
		name, after, ok := strings.Cut(rest, "}}")
		value := values[name]
		if !ok || value == nil {
			return fmt.Errorf("the template asks for %q", name)
		}
		if err := value(out); err != nil {
			return err
		}
		template = after
	}
}

// listMessages writes the messages as the elements of a JavaScript array. They
// are lines of JSON in which < is escaped already.
// Once the attachments are more than bound, pictures are only named.
func listMessages(out io.Writer, in io.Reader, bound int) error {
	attached := 0
	for lines, first := bufio.NewReader(in), true; ; first = false {
		line, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) && len(line) == 0 {
			return nil
		} else if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if bytes.HasPrefix(line, []byte(`{"attachment":`)) {
			if attached += len(line); attached > bound {
				if line, err = named(line); err != nil {
					return err
				}
			}
		}
		if !first {
			line = append([]byte(","), line...)
		}
		if _, err := out.Write(line); err != nil {
			return err
		}
	}
}

// named is the message of a picture without the picture.
func named(line []byte) ([]byte, error) {
	var e messages.Envelope
	if err := json.Unmarshal(line, &e); err != nil {
		return nil, err
	}
	if e.Attachment.ContentEncoding != messages.AttachmentContentEncoding_BASE64 {
		return line, nil
	}
	e.Attachment.ContentEncoding, e.Attachment.MediaType = messages.AttachmentContentEncoding_IDENTITY, "text/plain"
	e.Attachment.Body = "この報告には大きすぎるため、evidence フォルダーにあります: " + e.Attachment.FileName
	return json.Marshal(e)
}
