import { Armchair, Banknote, Building, Crown, Handshake, MonitorSmartphone } from '@lucide/vue';
import type { Component } from 'vue';
import type { Zone } from '../../domain/config.ts';

export const ZONE_ICONS: Record<Zone['kind'], Component> = {
  cash: Banknote,
  'non-cash': Building,
  vip: Crown,
  'self-service': MonitorSmartphone,
  marketing: Handshake,
  waiting: Armchair,
};
