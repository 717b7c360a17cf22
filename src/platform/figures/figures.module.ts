import { type DynamicModule, Global, Module } from '@nestjs/common';

import { TypeOrmModule } from '@nestjs/typeorm';

import { RequestDurations } from '../observability/metrics/request-durations.js';
import { DailyFigure } from './daily-figure.entity.js';
import { DailyFigures } from './daily-figures.js';
import { RequestFigures } from './request-figures.js';

/** Counts by day, for every module of the process. */
@Global()
@Module({})
export class FiguresModule {
  /** @param requests those of the process. */
  static forRoot(requests: RequestDurations): DynamicModule {
    return {
      module: FiguresModule,
      imports: [TypeOrmModule.forFeature([DailyFigure])],
      providers: [{ provide: RequestDurations, useValue: requests }, RequestFigures, DailyFigures],
      exports: [DailyFigures],
    };
  }
}
