package actor

import (
	"context"
	"regexp"
	"slices"
	"strings"
)

// wanted is what must be read where a scenario has a sentence: the sentence, or of
// one of ours that somebody else words as they like, each value in its 『』. None:
// the meaning alone is demanded.
func (s *Scene) wanted(ctx context.Context, written string) ([]string, error) {
	if sentence, letter := s.Words.demanded(written); letter || reference.MatchString(written) {
		if !letter {
			sentence = written
		}
		want, err := Value(ctx, sentence)
		return []string{want}, err
	}
	var values []string
	for _, name := range embedded.FindAllString(written, -1) {
		value, err := Value(ctx, name)
		if err != nil {
			return nil, err
		}
		values = append(values, value)
	}
	if len(values) == 0 {
		s.meant(written)
	}
	return values, nil
}

// missing is the first of some sentences that a text does not have, "" if it has all.
func (s *Scene) missing(ctx context.Context, text string, sentences []string) (string, error) {
	folded := s.Words.fold(text)
	for _, written := range sentences {
		wanted, err := s.wanted(ctx, written)
		if err != nil {
			return "", err
		}
		for _, want := range wanted {
			s.found(ctx)
			if !strings.Contains(folded, s.Words.fold(want)) && !(s.App && s.Words.Foreign && showsPhone(folded, want)) {
				return want, nil
			}
		}
	}
	return "", nil
}

// showsPhone tells whether a text shows the telephone that a mask stands for, by its
// end and in whatever mask: of the app the guide draws none.
func showsPhone(text, mask string) bool {
	end, masked := strings.CutPrefix(mask, "*****")
	if !masked || len(end) != 4 {
		return false
	}
	return regexp.MustCompile(`[*●○•・×xX#\d][*●○•・×xX#\d() -]{3,}` + regexp.QuoteMeta(end) + `(?:\D|$)`).MatchString(text)
}

// nearest tells of the screen's sentences the one that is most like what was
// expected, with what differs in 【】; where none is like it, how it begins.
func nearest(text, want string) string {
	best, most := "", 0
	for _, line := range strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '。' }) {
		if n := common(fold(line), fold(want)); n > most {
			best, most = fold(line), n
		}
	}
	if piece := within(fold(text), fold(want)); common(piece, fold(want)) > most {
		best, most = piece, common(piece, fold(want))
	}
	if want = fold(want); most*2 < len([]rune(want)) {
		if best = likest(text, want); best == "" {
			return "近い文もありません"
		}
	}
	return "近い文は「" + marked(want, best) + "」です"
}

// likest is the sentence of a text that has most letters of what was expected, in their
// order; "" where none has most of them.
func likest(text, want string) string {
	best, most := "", len([]rune(want))*3/5
	for _, line := range strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '。' }) {
		if line = fold(line); len([]rune(line)) > 3*len([]rune(want)) {
			continue // in so long a text there is something of everything
		}
		if n := inOrder(line, want); n > most {
			best, most = line, n
		}
	}
	return best
}

// inOrder is how many letters two texts have in common, in the same order.
func inOrder(a, b string) int {
	letters := []rune(b)
	row := make([]int, len(letters)+1) // of the letters of a so far
	for _, r := range a {
		last := 0 // of the row before, one letter back
		for i, other := range letters {
			above := row[i+1]
			if r == other {
				row[i+1] = last + 1
			} else {
				row[i+1] = max(above, row[i])
			}
			last = above
		}
	}
	return row[len(letters)]
}

// within is the piece of a text in which nothing tells where a sentence ends that begins
// and ends most like what was expected, "" where none begins so.
func within(text, want string) (piece string) {
	const beginning = 4 // letters, less of which is nothing like it
	t, w := []rune(text), []rune(want)
	most := 0
	for from := 0; from+beginning <= len(t) && len(w) > beginning; from++ {
		if !slices.Equal(t[from:from+beginning], w[:beginning]) {
			continue
		}
		for to := from + beginning; to <= min(len(t), from+2*len(w)); to++ {
			if got := string(t[from:to]); common(got, want) > most {
				piece, most = got, common(got, want)
			}
		}
	}
	return piece
}

// common is how many letters two texts begin and end with in common.
func common(a, b string) int {
	before, _, after := apart(a, b)
	return len([]rune(before)) + len([]rune(after))
}

// marked is got with what differs from want in 【】.
func marked(want, got string) string {
	before, differs, after := apart(want, got)
	if differs == "" {
		return before + "【】" + after
	}
	return before + "【" + differs + "】" + after
}

// apart takes from got what it begins and ends with as want does.
func apart(want, got string) (before, differs, after string) {
	w, g := []rune(want), []rune(got)
	i := 0
	for i < len(w) && i < len(g) && w[i] == g[i] {
		i++
	}
	k := 0
	for k < len(w)-i && k < len(g)-i && w[len(w)-1-k] == g[len(g)-1-k] {
		k++
	}
	return string(g[:i]), string(g[i : len(g)-k]), string(g[len(g)-k:])
}

// fold takes white space out of the comparison: how lines break is not a promise.
func fold(s string) string { return strings.Join(strings.Fields(s), "") }
