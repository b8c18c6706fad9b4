package provision_test

import (
	"testing"

	"example.com/netanswer/steps/provision/provisiontest"
)

func TestAptWithoutThePackagesIsUpdatedOnce(t *testing.T) {
	t.Parallel()
	c := provisiontest.Debian(t, "node", "npm", "fc-list")
	delete(c.Packages, "chromium-headless-shell")
	delete(c.Packages, "fonts-noto-cjk")
	report, _, err := setUp(t, c, true)
	if err == nil || len(report.Items) != 2 {
		t.Errorf("setup ends with %v and has %d things, want fonts alone to be missing", err, len(report.Items))
	}
	if n := c.Times(" update"); n != 1 {
		t.Errorf("package lists were fetched %d times, want once", n)
	}
	if n := c.Times("--with-deps"); n != 1 {
		t.Errorf("Playwright was asked %d times to bring the libraries of its browser, want once", n)
	}
}
