package provision_test

import "testing"

func TestAptWithoutThePackagesIsUpdatedOnce(t *testing.T) {
	t.Parallel()
	c := debian(t, "node", "npm", "fc-list")
	delete(c.packages, "chromium-headless-shell")
	delete(c.packages, "fonts-noto-cjk")
	report, _, err := setUp(t, c, true)
	if err == nil || len(report.Items) != 4 {
		t.Errorf("setup ends with %v and has %d things, want fonts alone to be missing", err, len(report.Items))
	}
	if n := c.times(" update"); n != 1 {
		t.Errorf("package lists were fetched %d times, want once", n)
	}
	if n := c.times("--with-deps"); n != 1 {
		t.Errorf("Playwright was asked %d times to bring the libraries of its browser, want once", n)
	}
}
