// Generated from the tables in shared/ by `npm run contract`. Do not edit.
#pragma once

#include <cstddef>
#include <cstdint>

namespace hashlane {

inline constexpr std::uint32_t kBatchLayoutVersion = 1;
inline constexpr std::uint32_t kBatchMagic = 826428488;
inline constexpr std::uint32_t kMaxBatchBytes = 1048576;
inline constexpr std::uint32_t kIdentityBytes = 16;
inline constexpr std::uint8_t kFlagAsciiName = 1;
inline constexpr std::uint8_t kFlagFromCache = 2;
inline constexpr std::uint8_t kFlagHardLink = 4;
inline constexpr std::uint8_t kFlagChanged = 8;
inline constexpr std::uint8_t kFlagIdentity = 16;
inline constexpr std::uint8_t kFlagOpenForWriting = 32;

struct alignas(64) BatchHeader {
  std::uint32_t magic;
  std::uint16_t version;
  std::uint16_t header_length;
  std::uint64_t job_id;
  std::uint64_t algorithms;
  std::uint32_t sequence;
  std::uint32_t record_count;
  std::uint32_t digest_stride;
  std::uint32_t hot_offset;
  std::uint32_t hot_length;
  std::uint32_t digest_offset;
  std::uint32_t digest_length;
  std::uint32_t cold_offset;
  std::uint32_t cold_length;
  std::uint32_t crc32c;
};
static_assert(sizeof(BatchHeader) == 64);
static_assert(offsetof(BatchHeader, magic) == 0);
static_assert(offsetof(BatchHeader, version) == 4);
static_assert(offsetof(BatchHeader, header_length) == 6);
static_assert(offsetof(BatchHeader, job_id) == 8);
static_assert(offsetof(BatchHeader, algorithms) == 16);
static_assert(offsetof(BatchHeader, sequence) == 24);
static_assert(offsetof(BatchHeader, record_count) == 28);
static_assert(offsetof(BatchHeader, digest_stride) == 32);
static_assert(offsetof(BatchHeader, hot_offset) == 36);
static_assert(offsetof(BatchHeader, hot_length) == 40);
static_assert(offsetof(BatchHeader, digest_offset) == 44);
static_assert(offsetof(BatchHeader, digest_length) == 48);
static_assert(offsetof(BatchHeader, cold_offset) == 52);
static_assert(offsetof(BatchHeader, cold_length) == 56);
static_assert(offsetof(BatchHeader, crc32c) == 60);

struct alignas(64) HotRecord {
  std::uint64_t entry_id;
  std::uint64_t size;
  std::int64_t modified_ns;
  std::uint32_t name_offset;
  std::uint32_t name_length;
  std::uint32_t leaf_offset;
  std::uint32_t error_text_offset;
  std::uint32_t error_text_length;
  std::uint32_t digest_offset;
  std::uint64_t hash_time_ns;
  std::uint8_t status;
  std::uint8_t flags;
  std::uint16_t root;
  std::uint32_t error_number;
};
static_assert(sizeof(HotRecord) == 64);
static_assert(offsetof(HotRecord, entry_id) == 0);
static_assert(offsetof(HotRecord, size) == 8);
static_assert(offsetof(HotRecord, modified_ns) == 16);
static_assert(offsetof(HotRecord, name_offset) == 24);
static_assert(offsetof(HotRecord, name_length) == 28);
static_assert(offsetof(HotRecord, leaf_offset) == 32);
static_assert(offsetof(HotRecord, error_text_offset) == 36);
static_assert(offsetof(HotRecord, error_text_length) == 40);
static_assert(offsetof(HotRecord, digest_offset) == 44);
static_assert(offsetof(HotRecord, hash_time_ns) == 48);
static_assert(offsetof(HotRecord, status) == 56);
static_assert(offsetof(HotRecord, flags) == 57);
static_assert(offsetof(HotRecord, root) == 58);
static_assert(offsetof(HotRecord, error_number) == 60);

/// What became of an entry.
enum class Status : std::uint32_t {
  kOk = 0,
  kChanged = 1,
  kMissing = 2,
  kUnlisted = 3,
  kMoved = 4,
  kUnreadable = 5,
  kSkipped = 6,
  kOutsideRoot = 7,
  kMalformed = 8,
  kMismatch = 9,
  kCancelled = 10,
};

/// Why an entry has no digest. Texts are in shared/tables/error-codes.ts.
enum class ErrorCode : std::uint32_t {
  kNone = 0,
  kEnoent = 1,
  kEacces = 2,
  kEperm = 3,
  kEio = 4,
  kEloop = 5,
  kEnametoolong = 6,
  kEisdir = 7,
  kEnotdir = 8,
  kEmfile = 9,
  kEnfile = 10,
  kEnomem = 11,
  kEstale = 12,
  kEnxio = 13,
  kEbusy = 14,
  kEtimedout = 15,
  kEinval = 16,
  kEoverflow = 17,
  kEother = 18,
  kSymlink = 19,
  kFifo = 20,
  kSocket = 21,
  kBlockDevice = 22,
  kCharacterDevice = 23,
  kSpecial = 24,
  kFolderLoop = 25,
  kShrank = 26,
  kGrew = 27,
  kModified = 28,
  kReplaced = 29,
  kCancelled = 30,
  kUploadAborted = 31,
  kUnknownSize = 32,
  kStalled = 33,
  kBeingWritten = 34,
  kOtherFileSystem = 35,
  kPlaceholder = 36,
};

inline constexpr std::size_t kErrorCodes = 37;

struct AlgorithmInfo {
  std::uint8_t id;
  const char* name;
  std::uint8_t digest_length;
};
/// In ascending id; the id is the bit in the batch header's algorithm mask.
inline constexpr AlgorithmInfo kAlgorithms[] = {
    {0, "crc32", 4},
    {1, "crc32c", 4},
    {2, "xxh64", 8},
    {3, "xxh3-64", 8},
    {4, "xxh3-128", 16},
    {5, "md4", 16},
    {6, "md5", 16},
    {7, "sha1", 20},
    {8, "ed2k", 16},
    {9, "ed2k-blue", 16},
    {10, "sha224", 28},
    {11, "sha256", 32},
    {12, "sha384", 48},
    {13, "sha512", 64},
    {14, "sha512-256", 32},
    {15, "sha3-224", 28},
    {16, "sha3-256", 32},
    {17, "sha3-384", 48},
    {18, "sha3-512", 64},
    {19, "blake2b", 64},
    {20, "blake2s", 32},
    {21, "blake3", 32},
    {22, "crc64-xz", 8},
    {23, "adler32", 4},
    {24, "xxh32", 4},
    {25, "tiger", 24},
    {26, "tth", 24},
    {27, "aich", 20},
    {28, "whirlpool", 64},
    {29, "ripemd160", 20},
    {30, "sm3", 32},
    {31, "gost12-256", 32},
    {32, "gost12-512", 64},
    {33, "gost94", 32},
    {34, "gost94-cryptopro", 32},
    {35, "has160", 20},
    {36, "edonr256", 32},
    {37, "edonr512", 64},
    {38, "snefru128", 16},
    {39, "snefru256", 32},
    {40, "btih", 20},
    {41, "sha512-224", 28},
    {42, "crc64-nvme", 8},
    {43, "quickxor", 20},
    {44, "dropbox", 32},
    {45, "git-blob", 20},
    {46, "git-blob-sha256", 32},
    {47, "c4", 64},
    {48, "k12", 32},
    {49, "s3-etag:5MiB", 20},
    {50, "s3-etag:8MiB", 20},
    {51, "s3-etag:15MiB", 20},
    {52, "s3-etag:16MiB", 20},
};
enum class AlgorithmId : std::uint8_t {
  kCrc32 = 0,
  kCrc32c = 1,
  kXxh64 = 2,
  kXxh3_64 = 3,
  kXxh3_128 = 4,
  kMd4 = 5,
  kMd5 = 6,
  kSha1 = 7,
  kEd2k = 8,
  kEd2kBlue = 9,
  kSha224 = 10,
  kSha256 = 11,
  kSha384 = 12,
  kSha512 = 13,
  kSha512_256 = 14,
  kSha3_224 = 15,
  kSha3_256 = 16,
  kSha3_384 = 17,
  kSha3_512 = 18,
  kBlake2b = 19,
  kBlake2s = 20,
  kBlake3 = 21,
  kCrc64Xz = 22,
  kAdler32 = 23,
  kXxh32 = 24,
  kTiger = 25,
  kTth = 26,
  kAich = 27,
  kWhirlpool = 28,
  kRipemd160 = 29,
  kSm3 = 30,
  kGost12_256 = 31,
  kGost12_512 = 32,
  kGost94 = 33,
  kGost94Cryptopro = 34,
  kHas160 = 35,
  kEdonr256 = 36,
  kEdonr512 = 37,
  kSnefru128 = 38,
  kSnefru256 = 39,
  kBtih = 40,
  kSha512_224 = 41,
  kCrc64Nvme = 42,
  kQuickxor = 43,
  kDropbox = 44,
  kGitBlob = 45,
  kGitBlobSha256 = 46,
  kC4 = 47,
  kK12 = 48,
  kS3Etag5MiB = 49,
  kS3Etag8MiB = 50,
  kS3Etag15MiB = 51,
  kS3Etag16MiB = 52,
};

// What callers may ask for at most; see shared/jobs/limits.ts.
namespace engine_limit {
inline constexpr std::uint64_t kRoots = 10000000;
inline constexpr std::uint64_t kRootBytes = 1048576;
inline constexpr std::uint64_t kAllRootBytes = 4294967296;
inline constexpr std::uint64_t kNameBytes = 65536;
inline constexpr std::uint64_t kPatterns = 10000;
inline constexpr std::uint64_t kPatternLength = 65536;
inline constexpr std::uint64_t kMaxDepth = 2147483647;
inline constexpr std::uint64_t kFeeds = 100000000;
inline constexpr std::uint64_t kFeedPieceBytes = 1048576;
inline constexpr std::uint64_t kCalls = 1000000;
inline constexpr std::uint64_t kMemoryLimit = 70368744177664;
inline constexpr std::uint64_t kMinMemoryLimit = 33554432;
inline constexpr std::uint64_t kMeasuringMs = 60000;
inline constexpr std::uint64_t kGiveUpMs = 86400000;
}

// The stats block: unsigned 64-bit slots.
inline constexpr std::uint64_t kStatsMagic = 827542600ull | (2ull << 32);
namespace engine_slot {
inline constexpr std::size_t kMagic = 0;
inline constexpr std::size_t kClockNs = 1;
inline constexpr std::size_t kWorkerCount = 2;
inline constexpr std::size_t kPoolCount = 3;
inline constexpr std::size_t kDeviceCount = 4;
inline constexpr std::size_t kBytesRead = 5;
inline constexpr std::size_t kBytesHashed = 6;
inline constexpr std::size_t kFilesHashed = 7;
inline constexpr std::size_t kFoldersListed = 8;
inline constexpr std::size_t kFilteredOut = 9;
inline constexpr std::size_t kBatchesSealed = 10;
inline constexpr std::size_t kBatchBytes = 11;
inline constexpr std::size_t kRecordsDelivered = 12;
inline constexpr std::size_t kFilesInLanes = 13;
inline constexpr std::size_t kFilesInBlocks = 14;
inline constexpr std::size_t kFilesInPieces = 15;
inline constexpr std::size_t kReadsFromMemory = 16;
inline constexpr std::size_t kReadsFromDevice = 17;
inline constexpr std::size_t kFilesPrefetched = 18;
inline constexpr std::size_t kOpenRecords = 19;
inline constexpr std::size_t kOpenAgeNs = 20;
inline constexpr std::size_t kSlabsUnreleased = 21;
inline constexpr std::size_t kUnreleasedAgeNs = 22;
inline constexpr std::size_t kSlabCount = 23;
inline constexpr std::size_t kSlabBytes = 24;
inline constexpr std::size_t kSlabWaits = 25;
inline constexpr std::size_t kJobsActive = 26;
inline constexpr std::size_t kQueueDepth = 27;
inline constexpr std::size_t kQueueCapacity = 28;
inline constexpr std::size_t kListQueueDepth = 29;
inline constexpr std::size_t kOvertakes = 30;
inline constexpr std::size_t kMemoryWaits = 31;
inline constexpr std::size_t kMemoryWaitNs = 32;
inline constexpr std::size_t kMemoryCeiling = 33;
inline constexpr std::size_t kMemoryAllowed = 34;
inline constexpr std::size_t kMemoryHeld = 35;
inline constexpr std::size_t kMemoryPeak = 36;
inline constexpr std::size_t kTrims = 37;
inline constexpr std::size_t kTrimmedBytes = 38;
inline constexpr std::size_t kPressure = 39;
inline constexpr std::size_t kPressureRises = 40;
inline constexpr std::size_t kGroupLimit = 41;
inline constexpr std::size_t kStalledThreads = 42;
inline constexpr std::size_t kStalls = 43;
inline constexpr std::size_t kStallsGivenUp = 44;
inline constexpr std::size_t kEventCount = 45;
}
namespace thread_slot {
inline constexpr std::size_t kNameVersion = 0;
inline constexpr std::size_t kKind = 1;
inline constexpr std::size_t kState = 2;
inline constexpr std::size_t kSteps = 3;
inline constexpr std::size_t kJobId = 4;
inline constexpr std::size_t kEntryId = 5;
inline constexpr std::size_t kEntrySize = 6;
inline constexpr std::size_t kEntryDone = 7;
inline constexpr std::size_t kFiles = 8;
inline constexpr std::size_t kBytes = 9;
inline constexpr std::size_t kBusyNs = 10;
inline constexpr std::size_t kStalledNs = 11;
inline constexpr std::size_t kNameLength = 12;
inline constexpr std::size_t kName = 13;
}
namespace job_slot {
inline constexpr std::size_t kJobId = 0;
inline constexpr std::size_t kState = 1;
inline constexpr std::size_t kFilesFound = 2;
inline constexpr std::size_t kBytesFound = 3;
inline constexpr std::size_t kFilesDone = 4;
inline constexpr std::size_t kBytesDone = 5;
inline constexpr std::size_t kOk = 6;
inline constexpr std::size_t kFailed = 7;
inline constexpr std::size_t kSkipped = 8;
inline constexpr std::size_t kFilteredOut = 9;
inline constexpr std::size_t kCountComplete = 10;
inline constexpr std::size_t kStartedNs = 11;
inline constexpr std::size_t kActiveNs = 12;
inline constexpr std::size_t kBytesHashed = 13;
inline constexpr std::size_t kFoldersListed = 14;
inline constexpr std::size_t kPriority = 15;
}
namespace pool_slot {
inline constexpr std::size_t kBlockBytes = 0;
inline constexpr std::size_t kHeld = 1;
inline constexpr std::size_t kInUse = 2;
inline constexpr std::size_t kPeak = 3;
inline constexpr std::size_t kHits = 4;
inline constexpr std::size_t kMisses = 5;
inline constexpr std::size_t kTrimmed = 6;
}
namespace algorithm_slot {
inline constexpr std::size_t kStreamBytes = 0;
inline constexpr std::size_t kLaneBytes = 1;
inline constexpr std::size_t kLaneCapacityBytes = 2;
inline constexpr std::size_t kPartBytes = 3;
}
namespace device_slot {
inline constexpr std::size_t kId = 0;
inline constexpr std::size_t kClass = 1;
inline constexpr std::size_t kReaders = 2;
inline constexpr std::size_t kActive = 3;
inline constexpr std::size_t kStalled = 4;
inline constexpr std::size_t kGivenUp = 5;
inline constexpr std::size_t kBytesRead = 6;
inline constexpr std::size_t kNameLength = 7;
inline constexpr std::size_t kName = 8;
}
namespace event_slot {
inline constexpr std::size_t kNumber = 0;
inline constexpr std::size_t kAtNs = 1;
inline constexpr std::size_t kKind = 2;
inline constexpr std::size_t kValue = 3;
inline constexpr std::size_t kDetail = 4;
}
/// What a thread is there for.
enum class ThreadKind : std::uint32_t {
  kNone = 0,
  kWorker = 1,
  kWalk = 2,
  kCount = 3,
  kLister = 4,
  kPrefetcher = 5,
  kHousekeeper = 6,
};
/// What a thread does now.
enum class ThreadState : std::uint32_t {
  kIdle = 0,
  kOpening = 1,
  kReading = 2,
  kHashing = 3,
  kDelivering = 4,
  kListing = 5,
  kWaiting = 6,
  kWaitingForMemory = 7,
  kStalled = 8,
};
/// Where a job stands.
enum class JobState : std::uint32_t {
  kFree = 0,
  kRunning = 1,
  kPaused = 2,
  kCancelling = 3,
  kFinished = 4,
  kCancelled = 5,
};
/// Whose tasks go first.
enum class JobPriority : std::uint32_t {
  kBackground = 0,
  kInteractive = 1,
};
/// What a device is, as far as reading goes.
enum class DeviceClass : std::uint32_t {
  kUnknown = 0,
  kSolidState = 1,
  kRotational = 2,
  kNetwork = 3,
  kMemory = 4,
  kVirtual = 5,
};
/// How short of memory the system is.
enum class PressureLevel : std::uint32_t {
  kNone = 0,
  kSome = 1,
  kCritical = 2,
};
/// What happened; the numbers are in shared/stats/names.ts.
enum class EventKind : std::uint32_t {
  kTrimmedWhenIdle = 0,
  kTrimmedForRoom = 1,
  kTrimmedUnderPressure = 2,
  kPressure = 3,
  kStalled = 4,
  kAnswered = 5,
  kGivenUp = 6,
};
inline constexpr std::size_t kThreadNameBytes = 208;
inline constexpr std::size_t kThreadRegionSlots = 40;
inline constexpr std::size_t kJobRegionSlots = 16;
inline constexpr std::size_t kPoolRegionSlots = 8;
inline constexpr std::size_t kAlgorithmRegionSlots = 8;
inline constexpr std::size_t kDeviceNameBytes = 128;
inline constexpr std::size_t kDeviceRegionSlots = 24;
inline constexpr std::size_t kEventRegionSlots = 8;
inline constexpr std::size_t kMaxWorkers = 64;
inline constexpr std::size_t kMaxThreads = 128;
inline constexpr std::size_t kMaxJobs = 64;
inline constexpr std::size_t kMaxPools = 16;
inline constexpr std::size_t kMaxDevices = 32;
inline constexpr std::size_t kMaxEvents = 64;
inline constexpr std::size_t kMaxReasons = 128;
inline constexpr std::size_t kThreadsAt = 64;
inline constexpr std::size_t kJobsAt = 5184;
inline constexpr std::size_t kPoolsAt = 6208;
inline constexpr std::size_t kAlgorithmsAt = 6336;
inline constexpr std::size_t kDevicesAt = 6848;
inline constexpr std::size_t kEventsAt = 7616;
inline constexpr std::size_t kReasonsAt = 8128;
inline constexpr std::size_t kStatsSlots = 8256;

}  // namespace hashlane
