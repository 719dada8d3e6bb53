/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What src/platform uses of ipifcons.h, ifdef.h, nldef.h, iptypes.h, tcpmib.h, udpmib.h, iprtrmib.h and
 * netioapi.h of Windows' SDK: see winsock2.h. */

#include "winsock2.h"

/* ipifcons.h */
#define IF_TYPE_SOFTWARE_LOOPBACK 24
#define IF_TYPE_ETHERNET_CSMACD 6

/* ifdef.h */
#define IF_MAX_STRING_SIZE 256
#define IF_MAX_PHYS_ADDRESS_LENGTH 32

typedef ULONG IFTYPE, NET_IFINDEX, IF_INDEX;

typedef union {
  ULONG64 Value;
} NET_LUID, IF_LUID;

typedef enum {
  IfOperStatusUp = 1,
  IfOperStatusDown,
} IF_OPER_STATUS;

typedef enum {
  NET_IF_ADMIN_STATUS_UP = 1,
  NET_IF_ADMIN_STATUS_DOWN = 2,
} NET_IF_ADMIN_STATUS;

/* nldef.h */
typedef enum {
  IpPrefixOriginOther = 0,
  IpPrefixOriginManual = 1,
} NL_PREFIX_ORIGIN;

typedef enum {
  IpSuffixOriginOther = 0,
  IpSuffixOriginManual = 1,
} NL_SUFFIX_ORIGIN;

typedef enum {
  IpDadStateInvalid = 0,
  IpDadStateTentative,
  IpDadStateDuplicate,
  IpDadStateDeprecated,
  IpDadStatePreferred,
} NL_DAD_STATE;

typedef enum {
  NlnsUnreachable = 0,
  NlnsIncomplete,
  NlnsProbe,
  NlnsDelay,
  NlnsStale,
  NlnsReachable,
  NlnsPermanent,
} NL_NEIGHBOR_STATE;

typedef enum {
  NlroManual,
  NlroWellKnown,
} NL_ROUTE_ORIGIN;

/* iptypes.h */
#define GAA_FLAG_SKIP_UNICAST 0x0001
#define GAA_FLAG_SKIP_ANYCAST 0x0002
#define GAA_FLAG_SKIP_MULTICAST 0x0004
#define GAA_FLAG_SKIP_DNS_SERVER 0x0008

typedef struct _IP_ADAPTER_DNS_SERVER_ADDRESS {
  ULONGLONG Alignment;
  struct _IP_ADAPTER_DNS_SERVER_ADDRESS *Next;
  SOCKET_ADDRESS Address;
} IP_ADAPTER_DNS_SERVER_ADDRESS;

typedef struct _IP_ADAPTER_ADDRESSES {
  union {
    ULONGLONG Alignment;
    struct {
      ULONG Length;
      IF_INDEX IfIndex;
    };
  };
  struct _IP_ADAPTER_ADDRESSES *Next;
  PCHAR AdapterName;
  void *FirstUnicastAddress, *FirstAnycastAddress, *FirstMulticastAddress;
  IP_ADAPTER_DNS_SERVER_ADDRESS *FirstDnsServerAddress;
  PWCHAR DnsSuffix, Description, FriendlyName;
  BYTE PhysicalAddress[8];
  ULONG PhysicalAddressLength;
  ULONG Flags;
  ULONG Mtu;
  IFTYPE IfType;
  IF_OPER_STATUS OperStatus;
  IF_INDEX Ipv6IfIndex;
} IP_ADAPTER_ADDRESSES;

/* tcpmib.h, udpmib.h */
#define TCPIP_OWNING_MODULE_SIZE 16
#define MIB_TCP_STATE_LISTEN 2

typedef struct {
  DWORD dwState, dwLocalAddr, dwLocalPort, dwRemoteAddr, dwRemotePort, dwOwningPid;
  LARGE_INTEGER liCreateTimestamp;
  ULONGLONG OwningModuleInfo[TCPIP_OWNING_MODULE_SIZE];
} MIB_TCPROW_OWNER_MODULE;

typedef struct {
  DWORD dwNumEntries;
  MIB_TCPROW_OWNER_MODULE table[ANY_SIZE];
} MIB_TCPTABLE_OWNER_MODULE;

typedef struct {
  UCHAR ucLocalAddr[16];
  DWORD dwLocalScopeId, dwLocalPort;
  UCHAR ucRemoteAddr[16];
  DWORD dwRemoteScopeId, dwRemotePort, dwState, dwOwningPid;
  LARGE_INTEGER liCreateTimestamp;
  ULONGLONG OwningModuleInfo[TCPIP_OWNING_MODULE_SIZE];
} MIB_TCP6ROW_OWNER_MODULE;

typedef struct {
  DWORD dwNumEntries;
  MIB_TCP6ROW_OWNER_MODULE table[ANY_SIZE];
} MIB_TCP6TABLE_OWNER_MODULE;

typedef struct {
  DWORD dwLocalAddr, dwLocalPort, dwOwningPid;
  LARGE_INTEGER liCreateTimestamp;
  INT dwFlags;
  ULONGLONG OwningModuleInfo[TCPIP_OWNING_MODULE_SIZE];
} MIB_UDPROW_OWNER_MODULE;

typedef struct {
  DWORD dwNumEntries;
  MIB_UDPROW_OWNER_MODULE table[ANY_SIZE];
} MIB_UDPTABLE_OWNER_MODULE;

typedef struct {
  UCHAR ucLocalAddr[16];
  DWORD dwLocalScopeId, dwLocalPort, dwOwningPid;
  LARGE_INTEGER liCreateTimestamp;
  INT dwFlags;
  ULONGLONG OwningModuleInfo[TCPIP_OWNING_MODULE_SIZE];
} MIB_UDP6ROW_OWNER_MODULE;

typedef struct {
  DWORD dwNumEntries;
  MIB_UDP6ROW_OWNER_MODULE table[ANY_SIZE];
} MIB_UDP6TABLE_OWNER_MODULE;

/* iprtrmib.h */
typedef enum {
  TCP_TABLE_OWNER_MODULE_LISTENER = 6,
} TCP_TABLE_CLASS;

typedef enum {
  UDP_TABLE_OWNER_MODULE = 2,
} UDP_TABLE_CLASS;

/* netioapi.h */
typedef DWORD NETIO_STATUS;

typedef enum {
  MibParameterNotification,
  MibAddInstance,
  MibDeleteInstance,
  MibInitialNotification,
} MIB_NOTIFICATION_TYPE;

typedef struct {
  SOCKADDR_INET Address;
  NET_LUID InterfaceLuid;
  NET_IFINDEX InterfaceIndex;
  NL_PREFIX_ORIGIN PrefixOrigin;
  NL_SUFFIX_ORIGIN SuffixOrigin;
  ULONG ValidLifetime, PreferredLifetime;
  UINT8 OnLinkPrefixLength;
  BOOLEAN SkipAsSource;
  NL_DAD_STATE DadState;
  ULONG ScopeId;
  LARGE_INTEGER CreationTimeStamp;
} MIB_UNICASTIPADDRESS_ROW, *PMIB_UNICASTIPADDRESS_ROW;

typedef struct {
  ULONG NumEntries;
  MIB_UNICASTIPADDRESS_ROW Table[ANY_SIZE];
} MIB_UNICASTIPADDRESS_TABLE, *PMIB_UNICASTIPADDRESS_TABLE;

typedef struct {
  NET_LUID InterfaceLuid;
  NET_IFINDEX InterfaceIndex;
  GUID InterfaceGuid;
  WCHAR Alias[IF_MAX_STRING_SIZE + 1], Description[IF_MAX_STRING_SIZE + 1];
  ULONG PhysicalAddressLength;
  UCHAR PhysicalAddress[IF_MAX_PHYS_ADDRESS_LENGTH];
  UCHAR PermanentPhysicalAddress[IF_MAX_PHYS_ADDRESS_LENGTH];
  ULONG Mtu;
  IFTYPE Type;
  int TunnelType, MediaType, PhysicalMediumType, AccessType, DirectionType;
  BOOLEAN InterfaceAndOperStatusFlags;
  IF_OPER_STATUS OperStatus;
  NET_IF_ADMIN_STATUS AdminStatus;
  int MediaConnectState;
  GUID NetworkGuid;
  int ConnectionType;
  ULONG64 TransmitLinkSpeed, ReceiveLinkSpeed;
  ULONG64 InOctets, InUcastPkts, InNUcastPkts, InDiscards, InErrors, InUnknownProtos;
  ULONG64 InUcastOctets, InMulticastOctets, InBroadcastOctets;
  ULONG64 OutOctets, OutUcastPkts, OutNUcastPkts, OutDiscards, OutErrors;
  ULONG64 OutUcastOctets, OutMulticastOctets, OutBroadcastOctets;
  ULONG64 OutQLen;
} MIB_IF_ROW2, *PMIB_IF_ROW2;

typedef struct {
  SOCKADDR_INET Prefix;
  UINT8 PrefixLength;
} IP_ADDRESS_PREFIX;

typedef struct {
  NET_LUID InterfaceLuid;
  NET_IFINDEX InterfaceIndex;
  IP_ADDRESS_PREFIX DestinationPrefix;
  SOCKADDR_INET NextHop;
  UCHAR SitePrefixLength;
  ULONG ValidLifetime, PreferredLifetime, Metric;
  int Protocol;
  BOOLEAN Loopback, AutoconfigureAddress, Publish, Immortal;
  ULONG Age;
  NL_ROUTE_ORIGIN Origin;
} MIB_IPFORWARD_ROW2;

typedef struct {
  ULONG NumEntries;
  MIB_IPFORWARD_ROW2 Table[ANY_SIZE];
} MIB_IPFORWARD_TABLE2, *PMIB_IPFORWARD_TABLE2;

typedef struct {
  SOCKADDR_INET Address;
  NET_IFINDEX InterfaceIndex;
  NET_LUID InterfaceLuid;
  UCHAR PhysicalAddress[IF_MAX_PHYS_ADDRESS_LENGTH];
  ULONG PhysicalAddressLength;
  NL_NEIGHBOR_STATE State;
  UCHAR Flags;
  ULONG ReachabilityTime;
} MIB_IPNET_ROW2;

typedef struct {
  ULONG NumEntries;
  MIB_IPNET_ROW2 Table[ANY_SIZE];
} MIB_IPNET_TABLE2, *PMIB_IPNET_TABLE2;

typedef struct _MIB_IPINTERFACE_ROW MIB_IPINTERFACE_ROW, *PMIB_IPINTERFACE_ROW;

typedef void (NETIOAPI_API_ *PIPINTERFACE_CHANGE_CALLBACK) (PVOID context,
                                                            PMIB_IPINTERFACE_ROW row,
                                                            MIB_NOTIFICATION_TYPE type);
typedef void (NETIOAPI_API_ *PUNICAST_IPADDRESS_CHANGE_CALLBACK) (PVOID context,
                                                                  PMIB_UNICASTIPADDRESS_ROW row,
                                                                  MIB_NOTIFICATION_TYPE type);
