// Writing to the real disk: wholly or not at all.
#include "cli/disk.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

namespace cordon::cli {
namespace {

namespace fs = std::filesystem;

// A folder of its own for each test.
class DiskWriterTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string path = (fs::temp_directory_path() / "cordon-disk-XXXXXX").string();
    ASSERT_NE(mkdtemp(path.data()), nullptr);
    folder_ = path;
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string Path(const std::string& name) const { return (folder_ / name).string(); }
  std::string Content(const std::string& name) const { return Disk().Read(Path(name)).value(); }

  fs::path folder_;
};

TEST_F(DiskWriterTest, MakesAFileWithItsFolders) {
  EXPECT_FALSE(DiskWriter().Write(Path("dk/cpo/1/policy.cordon"), "policy a\n"));
  EXPECT_EQ(Content("dk/cpo/1/policy.cordon"), "policy a\n");
}

TEST_F(DiskWriterTest, ReplacesTheContentAndKeepsThePermissions) {
  ASSERT_FALSE(DiskWriter().Write(Path("a"), "old and long"));
  fs::permissions(Path("a"), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_FALSE(DiskWriter().Write(Path("a"), "new"));
  EXPECT_EQ(Content("a"), "new");
  EXPECT_EQ(fs::status(Path("a")).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()), 1) << "something is left behind";
}

TEST_F(DiskWriterTest, FollowsALink) {
  ASSERT_FALSE(DiskWriter().Write(Path("kept/a"), "old"));
  fs::create_symlink("kept/a", Path("link"));
  EXPECT_FALSE(DiskWriter().Write(Path("link"), "new"));
  EXPECT_EQ(Content("kept/a"), "new");
  EXPECT_TRUE(fs::is_symlink(Path("link")));
}

TEST_F(DiskWriterTest, SaysWhyItCannot) {
  ASSERT_FALSE(DiskWriter().Write(Path("a"), "kept"));
  const auto below_a_file = DiskWriter().Write(Path("a/b"), "lost");
  ASSERT_TRUE(below_a_file.has_value());
  EXPECT_EQ(below_a_file->message, "not a directory");
  EXPECT_EQ(Content("a"), "kept");
  fs::create_directories(Path("folder/inner"));
  EXPECT_TRUE(DiskWriter().Write(Path("folder"), "lost").has_value());
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()), 2) << "something is left behind";
}

}  // namespace
}  // namespace cordon::cli
