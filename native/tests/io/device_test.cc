#include "io/device.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "tests/io/temporary_folder.h"

namespace hashlane {
namespace {

TEST(Device, IsTheSameForAFileAndItsFolderWhoeverAsks) {
  const TemporaryFolder folder;
  folder.write("file", "content");
  Descriptor opened, file;
  ASSERT_FALSE(open_long_folder(folder.path().string(), opened));
  ASSERT_FALSE(open_file(opened.get(), "file", false, file));
  FileFacts facts;
  ASSERT_FALSE(look(file, facts));
  const DeviceClass expected = device_class(opened, facts.device);
  std::vector<std::thread> threads;
  for (int number = 0; number < 4; ++number) {
    threads.emplace_back([&] {
      for (int turn = 0; turn < 100; ++turn) EXPECT_EQ(device_class(file, facts.device), expected);
    });
  }
  for (std::thread& thread : threads) thread.join();
}

#ifdef __linux__

DeviceClass class_of_path(const char* path) {
  Descriptor file;
  FileFacts facts;
  EXPECT_FALSE(open_file(current_folder(), path, true, file)) << path;
  EXPECT_FALSE(look(file, facts)) << path;
  return device_class(file, facts.device);
}

TEST(Device, OfTheKernelsOwnFilesIsMemory) {
  EXPECT_EQ(class_of_path("/proc/self/status"), DeviceClass::kMemory);
  EXPECT_EQ(class_of_path("/sys"), DeviceClass::kMemory);
}

#endif

}  // namespace
}  // namespace hashlane
